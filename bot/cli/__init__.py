"""The command line: commands, the terminal, JSON lines, and the start of the bots.

May import every other room.
"""
