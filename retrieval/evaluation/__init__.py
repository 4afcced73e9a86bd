"""Measures how good the answers are, on questions with known answers.

May import the modules that answer, which never import it. Needs the extra `evaluate`.
"""
