"""What a file says: the folder's listing, formats, metadata, dates, blocks, and ranges of the text.

Imports no other room of the index.
"""
