"""Markdown, parsed to blocks, hidden ranges and marks, with their places in the text.

Imports `structure` and `cells` of `index.documents`, and no other module of the index.
"""
