"""Discord's wire format: reading what Discord sends, and writing what Discord shows.

May import `chat`, `desk`, `state` and `page`; the only room that imports discord.
"""
