"""Building, storing and opening a library: the lexical and the dense index over passages.

May import every other room of the index.
"""
