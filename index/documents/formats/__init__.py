"""From the bytes of a file to its text: one module for each format, and the registry of suffixes.

Imports `front_matter` and `fields`, and no other module of the index.
"""
