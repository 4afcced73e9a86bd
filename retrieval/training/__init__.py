"""How the shipped reader is made: question files in, `reader.onnx` out.

Needs torch, onnx and safetensors; nothing that serves answers imports this package.
"""
