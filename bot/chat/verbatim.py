"""The last check before anything is sent: what is shown as a quote is the article's own text.

First the runs of a clipping are compared with the article: every run is its range of the text, and
between two runs lies nothing that a reader of the article would see. Then the message that is about
to be sent, read back from the platform's own format, is compared with these runs.
"""

from __future__ import annotations

import html
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.page.runs import Run, runs_of
from bot.page.signs import GAP, SIGN
from index.documents.structure import BlockKind, Structure
from index.documents.visible import overlapping

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.page.layout import Clip
    from index.documents.article import Article
    from index.documents.structure import Range


class NotVerbatimError(RuntimeError):
    """A message would show something as a quote that its article does not say: a bug of ours."""


def check_quotes(shown: Sequence[Sequence[Run]], meant: Sequence[Clip]) -> None:
    """Compares every quote that a message shows with its article.

    Args:
        shown: The runs of each quote, read back from the message that is about to be sent.
        meant: The clipping that each of these quotes should show, in the same order.

    Raises:
        NotVerbatimError: There are more or fewer quotes than clippings, a quote shows other letters
            than its article, other letters are bold, or a link leads elsewhere. Nothing must be
            sent then.
    """
    if len(shown) != len(meant):
        raise NotVerbatimError(f"{len(shown)} quotes shown, {len(meant)} meant")
    for runs, clip in zip(shown, meant, strict=True):
        wanted = runs_of(clip)
        check_runs(wanted, clip)
        _compare(runs, wanted, _where(clip))


def check_runs(runs: Sequence[Run], clip: Clip) -> None:
    """Compares the runs of a clipping with its article.

    Raises:
        NotVerbatimError: A run is not its range of the article, something that a reader would see
            is left out without the sign of a gap, hidden text or the sign of a gap is shown where
            none is, or other letters are bold than those that the clipping has in bold.
    """
    for run in runs:
        if run.place is None:
            _check_sign(run, clip)
        else:
            _check_letters(run, run.place, clip)
    _check_order(runs, clip)
    _check_gaps(runs, clip)
    _check_bold(runs, clip)


def _check_sign(run: Run, clip: Clip) -> None:
    if not SIGN.fullmatch(run.text) or run.url is not None:
        raise NotVerbatimError(f"a sign that is none of ours in {_where(clip)}")


def _check_letters(run: Run, place: Range, clip: Clip) -> None:
    """Checks that a run is its range of the article, and that nothing of it is hidden."""
    article = clip.quote.article
    raw = article.text[place[0] : place[1]]
    if run.text != (html.unescape(raw) if _is_entity(article, place) else raw):
        raise NotVerbatimError(f"[{place[0]}, {place[1]}) of {article.slug} differs")
    if overlapping((article.structure or Structure()).hidden, *place):
        raise NotVerbatimError(f"[{place[0]}, {place[1]}) of {article.slug} is hidden")


def _check_order(runs: Sequence[Run], clip: Clip) -> None:
    """Checks that the runs are all that is seen of each part, in the order of the parts."""
    places = [run.place for run in runs if run.place is not None]
    ordered: list[Range] = []
    for part in clip.parts:
        inside = [each for each in places if part.start <= each[0] and each[1] <= part.end]
        edges = [(part.start, part.start), *inside, (part.end, part.end)]
        for (_, left), (right, _) in pairwise(edges):
            if left > right or _is_seen(part.article, left, right):
                raise NotVerbatimError(f"letters from {left} of {part.article.slug} are missing")
        ordered += inside
    if ordered != places:
        raise NotVerbatimError(f"the parts of {_where(clip)} are in another order")


def _check_gaps(runs: Sequence[Run], clip: Clip) -> None:
    """Checks that the sign of a gap stands where words are left out, and nowhere else."""
    end: int | None = None
    is_marked = False
    for run in runs:
        if run.place is None:
            is_marked = is_marked or GAP in run.text
            continue
        is_gap = end is not None and _is_seen(clip.quote.article, end, run.place[0])
        if is_gap != is_marked:
            raise NotVerbatimError(f"the gap before {run.place[0]} of {_where(clip)}")
        end, is_marked = run.place[1], False
    if is_marked:
        raise NotVerbatimError(f"a gap at the end of {_where(clip)}")


def _check_bold(runs: Sequence[Run], clip: Clip) -> None:
    """Checks that the decisive words are bold, and no others; in a block of code nothing is.

    An entity is one character, so it is bold as a whole. A blank between bold words may be bold.
    """
    article = clip.quote.article
    bold = (clip.bold.start, clip.bold.end) if clip.bold is not None else (0, 0)
    for run in runs:
        if run.place is None:
            is_right = not run.bold or run.text == " "
        else:
            is_whole = _is_entity(article, run.place) or not any(
                run.place[0] < edge < run.place[1] for edge in bold
            )
            is_inside = bold[0] <= run.place[0] < bold[1]
            is_right = is_whole and run.bold == (is_inside and not _is_code(article, run.place[0]))
        if not is_right:
            raise NotVerbatimError(f"bold in {_where(clip)}")


def _is_seen(article: Article, start: int, end: int) -> bool:
    """Tells whether a reader of the article sees anything in a range."""
    hidden = () if article.structure is None else overlapping(article.structure.hidden, start, end)
    for left, right in [*hidden, (end, end)]:
        if article.text[start:left].strip():
            return True
        start = max(start, right)
    return False


def _is_entity(article: Article, place: Range) -> bool:
    return place in overlapping((article.structure or Structure()).entities, *place)


def _is_code(article: Article, place: int) -> bool:
    structure = article.structure or Structure()
    at = structure.block_at(place)
    return at is not None and structure.blocks[at].kind is BlockKind.CODE


def _compare(shown: Sequence[Run], wanted: Sequence[Run], where: str) -> None:
    """Compares what a message shows with the runs of its clipping, letter by letter.

    Bold must be the same. Italics, code and links may be missing, as a platform may not have them.
    """
    seen, meant = _letters(shown), _letters(wanted)
    if [letter for letter, _ in seen] != [letter for letter, _ in meant]:
        raise NotVerbatimError(f"{where} differs")
    for (_, run), (_, right) in zip(seen, meant, strict=True):
        is_code, may_be_code = run.code or run.in_code_block, right.code or right.in_code_block
        if run.bold != right.bold or run.italic > right.italic or is_code > may_be_code:
            raise NotVerbatimError(f"bold, italics or code in {where}")
        if run.url not in {None, right.url}:
            raise NotVerbatimError(f"a link in {where} leads elsewhere")


def _letters(runs: Sequence[Run]) -> list[tuple[str, Run]]:
    return [(letter, run) for run in runs for letter in run.text]


def _where(clip: Clip) -> str:
    return f"[{clip.quote.start}, {clip.quote.end}) of {clip.quote.article.slug}"
