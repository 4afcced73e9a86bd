"""The digest of an article: it names the text that every offset counts in."""

from __future__ import annotations

import hashlib


def article_digest(data: bytes, extractor: str) -> str:
    """Returns the digest of the text that was made from a file, in hex.

    Args:
        data: The bytes of the file.
        extractor: The name and version of what made the text from the bytes. Where it is empty the
            text is the file itself, and the digest is the SHA-256 of the bytes.
    """
    digest = hashlib.sha256(data)
    if extractor:
        digest.update(b"\0" + extractor.encode())
    return digest.hexdigest()
