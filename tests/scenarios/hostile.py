"""Texts that try to ping, to link, to format, or to break something."""

from __future__ import annotations

from index.documents.article import Article
from index.documents.spans import Quote, Span
from retrieval.answers import Answer, Finding

RIGHT_TO_LEFT, ZERO_WIDTH = "\u202e", "\u200b"
LIMIT_CHARS = 60_000

HOSTILE_TEXTS: dict[str, str] = {
    "broadcasts": "Hear <!channel>, <!here>, <!everyone|all> and @channel, @here, @everyone!",
    "mentions": "Ask <@U01ALICE>, <@U02BOB|bob>, <#C01GENERAL|general> or <!subteam^S1|team>.",
    "links": "See <http://example.com|your bank>, https://example.com and mailto:a@example.com.",
    "dates": "It was <!date^1392734382^Posted {date_num}^https://example.com|then>.",
    "formatting": "This is *bold*, _slanted_, ~struck~, `code` and ```more\ncode```.",
    "lists": "> quoted\n> again\n• one\n1. two\n# three\n---\n",
    "markdown": "[click](https://example.com) ![picture](https://example.com/a.png) **b** ||c||",
    "entities": "R&D &amp; &lt;!channel&gt; &amp;lt; &#60;!here&#62; are & stay < letters >.",
    "emoji": "All :smile: :+1: 👍🏽 👨‍👩‍👧‍👦 🇩🇪 and ☃︎ are fine.",
    "right to left": f"Pay {RIGHT_TO_LEFT}moc.elpmaxe{RIGHT_TO_LEFT} or שלום and مرحبا.",
    "zero width": f"<{ZERO_WIDTH}!channel> @{ZERO_WIDTH}everyone\u200d\u2060\ufeff",
    "line ends": "One\r\ntwo\rthree\n\n\n\nfour\u2028five\u2029six\x0bseven\x0ceight\x85nine",
    "control": "A bell \x07, an escape \x1b[31m, a delete \x7f, a null-like \u2400.",
    "combining": "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334 e\u0301 ｆｕｌｌ ﬁ 𝒻",
    "templates": "{question} %s ${HOME} {{ 7 * 7 }} {0.__class__}",
    "long": "An endless word: " + "x" * LIMIT_CHARS,
    "long lines": "A sentence & <b>. " * (LIMIT_CHARS // 18),
    "long emoji": "👍🏽" * (LIMIT_CHARS // 2),
}  # fmt: skip


def hostile_article(name: str) -> Article:
    """Returns an article that consists of one hostile text and has a hostile title."""
    text = HOSTILE_TEXTS[name]
    return Article(f"<!here> {name}.txt", text[:300], text, url="https://example.com/?a=<b>|c")


def whole_answer(question: str, article: Article, bold: tuple[int, int] | None = None) -> Answer:
    """Returns an answer that quotes all of an article, with some of it in bold."""
    quote = Quote(article, 0, len(article.text))
    decisive = Span(article, *bold) if bold else None
    other = Quote(article, 0, 1)
    return Answer(question, (Finding(quote, decisive, 0.9, (other,)),))


def nothing(question: str, article: Article) -> Answer:
    """Returns an empty answer with hostile unknown words and a hostile closest passage."""
    words = tuple(article.text.split()[:5])
    return Answer(question, closest=(Quote(article, 0, len(article.text)),), unknown_words=words)
