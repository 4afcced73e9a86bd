"""How good the answers are, measured on questions with known answers.

Imports the modules that answer, which never import it; needs the extra `evaluate`.
"""
