"""Texts to cut: odd ones with every kind of white space, and prose."""

from __future__ import annotations

from hypothesis import strategies as st

from index.documents.article import Article
from index.documents.plain_structure import plain_structure
from index.documents.visible import INVISIBLE, visible_text

# Every kind of line end and white space that Python knows, what ends sentences, and the rest.
_ODD = "\n\r\t \x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029\u200b\ufeff .!?…。“”\"'()-—*"
texts = st.text(
    st.sampled_from(_ODD) | st.sampled_from("abC1é") | st.characters(exclude_categories=["Cs"]),
    max_size=200,
)
prose = st.lists(
    st.sampled_from(
        [
            "Mr. Orban met them.",
            "It cost $4.5 bn!",
            "“Why?” she said.",
            "\r\n",
            "\r",
            "\n\n",
            "\x85",
        ]
    ),
    max_size=30,
).map(" ".join)


def article(text: str) -> Article:
    """An article with a text."""
    return Article("a.txt", None, text)


def bare(text: str) -> str:
    """A text without its white space and without characters that have no width."""
    return INVISIBLE.sub("", "".join(text.split()))


def seen(text: str) -> str:
    """What a reader sees of a plain text, bare."""
    return bare(visible_text(text, plain_structure(text), 0, len(text)))
