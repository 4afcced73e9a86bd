"""An Answer laid out for people, and all fixed words in all languages.

Imports no other room of the bot.
"""
