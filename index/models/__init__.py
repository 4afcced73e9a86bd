"""The sentence encoder and the ONNX runtime.

No other room of the index imports onnxruntime, torch or the libraries of Hugging Face. This room
imports no other room of the index.
"""
