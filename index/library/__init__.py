"""A library: built from a folder of articles, kept on disk, opened, and searched.

May import all other rooms of the index.
"""
