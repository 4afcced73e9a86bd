"""Fuzzing: what reads the words of strangers is given whatever hypothesis can think of."""
