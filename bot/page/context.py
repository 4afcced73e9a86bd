"""A clipping in its context: the sentences around it."""

from __future__ import annotations

from index.documents.article import Article
from index.documents.spans import Quote
from index.passages.sentences import split_sentences

CONTEXT_SENTENCES = 2  # before the clipping, and as many after it
WINDOW_CHARS = 3_000  # how far to look for them: an article may be a whole book


def with_context(quote: Quote) -> Quote:
    """Returns the quote with two sentences before and after it, where the article has them."""
    text = quote.article.text
    left = min(quote.start, max(quote.article.body, quote.start - WINDOW_CHARS))
    right = min(len(text), quote.end + WINDOW_CHARS)
    window = Article(quote.article.slug, None, text[left:right])
    ranges = [(left + part.start, left + part.end) for part in split_sentences(window)]
    before = [start for start, _ in ranges if start < quote.start][-CONTEXT_SENTENCES:]
    after = [end for _, end in ranges if end > quote.end][:CONTEXT_SENTENCES]
    return Quote(quote.article, min([quote.start, *before]), max([quote.end, *after]))
