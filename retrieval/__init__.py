"""Answers a question with spans of the articles. May import `index` and `config`.

The modules in this folder are what an answer passes through; `evaluation` and `training` import
them and are never imported by them.
"""
