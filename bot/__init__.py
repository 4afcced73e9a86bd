"""The chat bot and the command line: an Answer on its way to people.

Rooms, highest first: `cli`, then `slack` and `discord`, `chat`, `desk`, `state`, `page`.
"""
