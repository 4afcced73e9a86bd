"""Markdown, parsed to blocks, hidden ranges and marks, with their places in the text.

Imports `index.documents.structure` and no other module of the index.
"""
