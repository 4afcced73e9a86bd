"""Questions to try: made from the articles' own words, and kept only if the library answers them.

Candidates are, in this order, the questions that articles ask themselves, their headings, their
titles, and the names that stand in most sentences. Each is asked; a candidate whose clipping is
only its own line is no example.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from index.documents.dialogue import QUESTION_MARK
from index.documents.outline import block_of, structure_of
from index.documents.spans import Span
from index.documents.structure import BlockKind
from index.passages.boilerplate_sentences import find_boilerplate
from index.passages.words import STOP_WORDS, plain_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from index.documents.article import Article
    from index.library.library import Library
    from retrieval.answers import Answer

# A question about something that only the sentences around it name cannot stand alone.
_POINTING = frozenset(
    "it its he him his she her they them their this that these those here there such we us our"
    " er sie es ihn ihm ihr ihre sein seine dies dieser diese dieses wir uns unser".split()
)
_QUESTION = re.compile(
    r"(?:who|whom|whose|what|which|when|where|why|how|is|are|was|were|do|does|did|has|have|can"
    r"|could|will|would|should|wer|wen|wem|was|welche[rs]?|wann|wo|woher|wohin|warum|wieso|wie"
    r"|ist|sind|hat|haben|kann|wird|gibt)\b.*\?",
    re.IGNORECASE | re.DOTALL,
)
_NAME = re.compile(r"(?<=[a-zäöüß,] )[A-ZÄÖÜ][\w’-]+(?: [A-ZÄÖÜ][\w’-]+){1,3}(?![\w’'-])")
_NO_HEADING = re.compile(r"[.!?:;…,\"“”«»„|]|https?|www", re.IGNORECASE)
_ABOUT = "What do the articles say about {subject}?"
MIN_CHARS, MAX_CHARS = 12, 120
MIN_WORDS, MIN_SUBJECTS = 3, 2
# How much of a large library is looked through, and how many candidates are asked.
MAX_SENTENCES, MAX_TRIES, MAX_TRIES_OF_A_KIND = 5_000, 32, 8
# An answer as likely as this is sure; less likely answers only fill up.
SURE = 0.9


@dataclass(frozen=True, slots=True)
class ExampleCandidate:
    """A question that the library may answer.

    Attributes:
        question: As it would be asked.
        source: Where its words come from; None where a title stands outside of the text.
        asked_by_article: Whether the article itself asks it.
    """

    question: str
    source: Span | None
    asked_by_article: bool = False


def find_examples(
    library: Library,
    answerer: Callable[[str], Answer],
    *,
    count: int = 3,
    go_on: Callable[[], bool] = lambda: True,
) -> tuple[str, ...]:
    """Returns questions that the library answers, the sure ones first.

    Args:
        library: The articles.
        answerer: Answers from that library.
        count: How many questions to return at most.
        go_on: Whether to try another candidate.
    """
    sure: list[str] = []
    likely: list[str] = []
    for candidate in islice(candidates(library), MAX_TRIES):
        if len(sure) == count or not go_on():
            break
        answer = answerer(candidate.question)
        if answer.found and not _repeats(candidate, answer):
            kept = sure if answer.findings[0].confidence >= SURE else likely
            kept.append(candidate.question)
    return tuple([*sure, *likely][:count])


def candidates(library: Library) -> Iterator[ExampleCandidate]:
    """Yields some candidates of each kind, first one for each article; no question twice."""
    sentences = library.sentences[:MAX_SENTENCES]
    articles = list(dict.fromkeys(sentence.article for sentence in sentences))
    lines = sorted([*sentences, *_context_blocks(articles)], key=_place(articles))
    questions = [
        ExampleCandidate(text, line, asked_by_article=True)
        for line in lines
        if _stands_alone(text := _one_line(line))
    ]
    titles = [_of_title(article) for article in articles if article.title]
    seen: set[str] = set()
    for kind in (_spread(questions), _spread(_headings(lines)), titles, _names(sentences)):
        fit = {each.question: each for each in kind if _is_fit(each.question)}
        yield from islice((fit[each] for each in fit if each not in seen), MAX_TRIES_OF_A_KIND)
        seen.update(fit)


def _context_blocks(articles: Sequence[Article]) -> Iterator[Span]:
    """Yields the headings and the questions of articles, which are no sentences."""
    for article in articles:
        for block in structure_of(article).blocks:
            if block.kind in {BlockKind.HEADING, BlockKind.QUESTION}:
                yield Span(article, block.start, block.end)


def _place(articles: Sequence[Article]) -> Callable[[Span], tuple[int, int]]:
    """Returns a function that says where a span stands among all articles."""
    rows = {article: row for row, article in enumerate(articles)}
    return lambda span: (rows[span.article], span.start)


def _one_line(span: Span) -> str:
    """Returns what a reader sees of a line, without the mark of a question in front of it."""
    line = " ".join(span.visible.split())
    mark = QUESTION_MARK.match(line)
    return line[mark.end() :] if mark else line


def _headings(lines: Sequence[Span]) -> list[ExampleCandidate]:
    """Returns a candidate for each heading below the title, as far as headings can be told."""
    boilerplate = find_boilerplate(lines)  # type: ignore[arg-type]  # it reads only their text
    return [
        ExampleCandidate(_ABOUT.format(subject=text), line)
        for row, line in enumerate(lines)
        if row not in boilerplate and _is_heading(text := _one_line(line), line)
    ]


def _is_heading(text: str, line: Span) -> bool:
    """Returns whether a line is a heading, or looks like one in plain text."""
    position = block_of(line)
    kind = None if position is None else structure_of(line.article).blocks[position].kind
    return (
        (kind is BlockKind.HEADING or (kind is BlockKind.PARAGRAPH and _is_alone(line)))
        and MIN_WORDS <= len(text.split()) <= 12
        and text[:1].isupper()
        and not _NO_HEADING.search(text)
        and text != line.article.title
        and text.rsplit(maxsplit=1)[-1].lower() not in STOP_WORDS
    )


def _is_alone(line: Span) -> bool:
    """Returns whether nothing else stands in the line or lines of a span."""
    text = line.article.text
    start, end = line.start, line.end
    while start > 0 and text[start - 1] in " \t":
        start -= 1
    while end < len(text) and text[end] in " \t":
        end += 1
    return text[max(start - 1, 0) : start] == "\n" and text[end : end + 1] in {"\n", "\r"}


def _names(sentences: Sequence[Span]) -> list[ExampleCandidate]:
    """Returns a candidate for each name of several words, the one in most sentences first."""
    counted: Counter[str] = Counter()
    for sentence in sentences:
        counted.update(dict.fromkeys(_NAME.findall(sentence.visible), 1))
    ordered = sorted(counted, key=lambda name: (-counted[name], name))
    return [ExampleCandidate(_ABOUT.format(subject=name), None) for name in ordered[:MAX_TRIES]]


def _of_title(article: Article) -> ExampleCandidate:
    """Returns the candidate for a title: the title itself where it is a question."""
    title = " ".join((article.title or "").split())
    start = article.text.find(article.title or "")
    source = Span(article, start, start + len(article.title or "")) if start >= 0 else None
    if _stands_alone(title):
        return ExampleCandidate(title, source, asked_by_article=True)
    return ExampleCandidate(_ABOUT.format(subject=title.rstrip(" .!?")), source)


def _stands_alone(text: str) -> bool:
    """Returns whether a text is a question that can be understood without what is around it."""
    asked = plain_words(text)
    return _QUESTION.fullmatch(text.strip()) is not None and not _POINTING.intersection(asked)


def _is_fit(question: str) -> bool:
    """Returns whether a question is short, is about something, and quotes nobody."""
    subjects = [word for word in plain_words(question) if word not in STOP_WORDS]
    fits = MIN_CHARS <= len(question) <= MAX_CHARS + len(_ABOUT)
    return fits and len(subjects) >= MIN_SUBJECTS and not re.search(r"[\"“”«»„]", question)


def _spread(found: Sequence[ExampleCandidate]) -> list[ExampleCandidate]:
    """Returns the candidates in rounds: the first of each article, then the second."""
    seen: dict[int, int] = {}
    rounds = []
    for candidate in found:
        article = id(candidate.source.article) if candidate.source else id(candidate)
        rounds.append(seen.get(article, 0))
        seen[article] = rounds[-1] + 1
    order = sorted(range(len(found)), key=lambda number: (rounds[number], number))
    return [found[number] for number in order]


def _repeats(candidate: ExampleCandidate, answer: Answer) -> bool:
    """Returns whether the clipping says no more than the line that the candidate was made from.

    An answer may stand behind the question in one clipping; a heading in it is no answer.
    """
    quote, source = answer.findings[0].quote, candidate.source
    if source is None or quote.article is not source.article:
        return False
    return source.covers(quote) if candidate.asked_by_article else source.overlaps(quote)
