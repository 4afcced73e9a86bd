"""What a file says: folder listing, formats, metadata, dates, and ranges of its text.

Imports no other room of the index.
"""
