"""The sentence encoder and the ONNX runtime; the only room that imports their libraries.

Imports no other room of the index.
"""
