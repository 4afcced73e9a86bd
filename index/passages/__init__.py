"""From an article's text to sentences, passages and words.

May import `documents`.
"""
