"""Makes what is shipped in `retrieval/model`: reader, projection, ranker and calibrator.

May import the modules that answer and `evaluation`, which never import it. Needs the extra `train`.
"""
