"""A soak: both platforms, many questions, one fault after the other, and nobody without a reply."""
