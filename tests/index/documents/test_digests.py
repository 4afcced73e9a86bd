"""The digest of an article."""

from __future__ import annotations

import hashlib

from index.documents.digests import article_digest


def test_a_decoded_file_has_the_digest_of_its_bytes() -> None:
    assert article_digest(b"text", "") == hashlib.sha256(b"text").hexdigest()


def test_an_extracted_text_has_another_digest_when_the_file_or_the_extractor_changes() -> None:
    made = [(b"a", ""), (b"a", "pages 1"), (b"a", "pages 2"), (b"b", "pages 1")]
    assert len({article_digest(data, extractor) for data, extractor in made}) == len(made)
