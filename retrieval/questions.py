"""Takes a question apart: its words, its phrases in quotation marks, the kind of its answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.passages.folding import as_read
from index.passages.words import STOP_WORDS, plain_words, stem, typed_words, written_words
from retrieval.absent_numbers import absent_numbers
from retrieval.asked_kind import counted_stems, kind_of
from retrieval.quotation_marks import demanded_phrases, without_curly_words
from retrieval.slips import corrected

if TYPE_CHECKING:
    from index.library.library import Library
    from index.passages.words import Word
    from retrieval.asked_kind import Kind

# A question longer than this is cut: the models read about as much of it.
MAX_READ_QUESTION_CHARS = 1000
# Words that people shorten and articles write out. Both forms are searched for.
SHORT_FORMS = {
    "hq": "headquarters",
    "hqs": "headquarters",
    "eu": "European Union",
    "un": "United Nations",
    "uk": "United Kingdom",
    "usa": "United States",
    "us": "United States",
    "uae": "United Arab Emirates",
    "pm": "prime minister",
    "mp": "member of parliament",
    "ceo": "chief executive",
    "cfo": "chief financial officer",
    "gdp": "gross domestic product",
    "govt": "government",
    "dept": "department",
    "univ": "university",
    "intl": "international",
    "pop": "population",
    "approx": "approximately",
    "mins": "minutes",
    "yrs": "years",
}
_ASKS = re.compile(r"[?？]")
# How a sentence begins that asks without a question mark.
_OPENS_ASKING = re.compile(
    r"\W*(?:(?:please|can you|could you|would you|bitte) )*"
    r"(?:who|whom|whose|what|which|when|where|why|how|tell|find|show|explain|describe|wer|wen|wem|was|welche[rs]?|wann|wo|warum|wie|sag|nenn"
    r"|zeig)\b",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]+")
# A dot inside a word or a number ends no sentence, nor does that of "U.S.".
_SENTENCE = re.compile(r"(?:[^.!?？]|\.(?=\w)|(?<=\.[^\W\d_])\.)+[.!?？]*")
# Words that ask, greet or fill. They need not stand in an article.
ASKING = STOP_WORDS | frozenset(
    """many much tell please know find show give say says said mean means explain describe hi hello
    hey thanks thank ok okay anyone someone anybody somebody something anything article articles
    question answer whether according happen happened happens yes""".split()
)
# A name and an adjective made of it share at least so many letters: "Canad-a", "Canad-ian".
_SHORTEST_ROOT = 5
# A question with one of these words is about something that the sentences around it name.
_POINTING = frozenset("it its he him his she her they them their this that these those".split())


@dataclass(frozen=True, slots=True)
class Question:
    """A question, taken apart.

    Attributes:
        text: What the models read: the part that asks, with short forms written out.
        stems: The stems of its words for BM25, of short forms and of their long forms.
        groups: For each word that it is about the stems that must all be there: "EU" stands in a
            text only if both "european" and "union" do.
        names: The stems of the words written with a capital, without the first word: mostly names.
        content: The words that it is about, as typed, in order; slips are corrected.
        phrases: What stood in quotation marks; a clipping must hold each phrase word for word.
        kind: Which kind of answer fits.
        counted: The stems of what a "how many" wants counted.
        absent_numbers: Its years and versions that no article has.
    """

    text: str
    stems: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    names: tuple[str, ...]
    content: tuple[str, ...]
    phrases: tuple[str, ...]
    kind: Kind
    counted: tuple[str, ...] = ()
    absent_numbers: tuple[str, ...] = ()


def parse_question(text: str, library: Library) -> Question:
    """Takes a question apart.

    A word that stands in no article, but is a slip of the finger for a word of the articles, is
    read as that word.
    """
    read = read_part(text)
    asked = _without_slips(as_read(_asking_part(read)), library)
    every = list(typed_words(asked))
    about = [word for word in every if word.whole not in ASKING]
    groups = [_needed_stems(word, library) for word in about]
    forms = [form for word in about for form in (word.whole, *word.parts) if form not in ASKING]
    kind = kind_of(asked)
    return Question(
        text=with_long_forms(asked),
        stems=tuple(
            dict.fromkeys([*map(stem, forms), *(each for group in groups for each in group)])
        ),
        groups=tuple(dict.fromkeys(groups)),
        names=_names(with_long_forms(asked), library),
        content=tuple(dict.fromkeys(filter(is_about, written_words(asked)))),
        phrases=demanded_phrases(text, read),
        kind=kind,
        counted=counted_stems(asked) if kind == "number" else (),
        absent_numbers=absent_numbers(every, library),
    )


def read_part(text: str) -> str:
    """Returns what is read of a question: all of it, or at most MAX_READ_QUESTION_CHARS of it.

    Of a longer text the last sentences that ask are read, in their order. Where none asks, or those
    that do only point back, what was written last before the end of the asking is read; the whole
    text is cut between words.
    """
    whole = without_curly_words(text)
    if len(whole) <= MAX_READ_QUESTION_CHARS:
        return whole
    sentences = [part.strip() for part in _SENTENCE.findall(whole)]
    asking = [part for part in sentences if _ASKS.search(part)]
    asking = asking or [part for part in sentences if _OPENS_ASKING.match(part)]
    if not asking:
        return _begun(whole)
    kept = ""
    for part in reversed(asking):
        longer = f"{part} {kept}".rstrip()
        if kept and len(longer) > MAX_READ_QUESTION_CHARS:
            break
        kept = longer
    if _points_back(kept):
        return _ended(whole[: whole.rindex(asking[-1]) + len(asking[-1])])
    return _ended(kept)


def is_cut(text: str) -> bool:
    """Tells whether a question is longer than what is read of it."""
    return len(" ".join(text.split())) > MAX_READ_QUESTION_CHARS


def subject_words(text: str) -> list[tuple[int, int]]:
    """Returns (start, end) of each word that a question is about.

    Words that ask, greet or fill are left out.
    """
    every = re.finditer(r"\w+", text)
    return [word.span() for word in every if word.group().casefold() not in ASKING]


def is_about(written: str) -> bool:
    """Tells whether a word says what a question is about, and not only how it is asked."""
    return any(word not in ASKING for word in plain_words(written))


def is_known(word: str, library: Library) -> bool:
    """Tells whether a word, an inflection of it or its long form stands in some article.

    Args:
        word: A word in lower case and without accents.
        library: The articles.
    """
    if word in library.vocabulary or stem(word) in library.lexical:
        return True
    return word in SHORT_FORMS and all(part in library.lexical for part in long_stems(word))


def is_named(name: str, library: Library) -> bool:
    """Tells whether a name (its stem) stands in some article; "Canadian" counts for "Canada"."""
    if name in library.lexical:
        return True
    root = name[:-1]
    return len(root) >= _SHORTEST_ROOT and any(word.startswith(root) for word in library.vocabulary)


def with_long_forms(text: str) -> str:
    """Returns a text with its short forms written out, as articles write them."""

    def long_form(found: re.Match[str]) -> str:
        word = found.group()
        # In small letters "us", "un" and "pop" are other words.
        is_name = word.isupper() or word.lower() not in {"us", "un", "pop"}
        return SHORT_FORMS.get(word.lower(), word) if is_name else word

    return _LETTERS.sub(long_form, text)


def _names(text: str, library: Library) -> tuple[str, ...]:
    """Returns the stems of capitalised words, without the first word and words that only ask."""
    later = text.split()[1:]
    capitalised = [word for each in later if each[:1].isupper() for word in typed_words(each)]
    named = [_parted_stems(word, library) for word in capitalised if word.whole not in ASKING]
    return tuple(dict.fromkeys(name for stems in named for name in stems))


def long_stems(word: str) -> tuple[str, ...]:
    """Returns the stems of a word's long form, or the word's own stem."""
    parts = plain_words(SHORT_FORMS[word]) if word in SHORT_FORMS else [word]
    return tuple(stem(part) for part in parts if part not in STOP_WORDS) or (stem(word),)


def _needed_stems(word: Word, library: Library) -> tuple[str, ...]:
    """Returns the stems that a text must have if it is about a word."""
    if word.whole in SHORT_FORMS:
        return long_stems(word.whole)
    return _parted_stems(word, library)


def _parted_stems(word: Word, library: Library) -> tuple[str, ...]:
    """Returns the stem of a word, or those of its parts where no article has it whole.

    A version stays whole: "1.0" is not meant where a text has a 1 and a 0.
    """
    whole = stem(word.whole)
    if word.is_version or not word.parts or whole in library.lexical:
        return (whole,)
    return tuple(stem(part) for part in word.parts if part not in ASKING) or (whole,)


def _asking_part(text: str) -> str:
    """Returns the sentences that ask, or the whole text where they do not say about what."""
    asking = " ".join(part.strip() for part in _SENTENCE.findall(text) if _ASKS.search(part))
    return text if _points_back(asking) else asking


def _points_back(asking: str) -> bool:
    """Tells whether a text does not say by itself what it is about."""
    asked = plain_words(asking)
    return any(word in _POINTING for word in asked) or all(word in ASKING for word in asked)


def _begun(text: str) -> str:
    """Returns the beginning of a text that is too long, cut between words."""
    cut = text[: MAX_READ_QUESTION_CHARS + 1]
    return (cut[: cut.rfind(" ")] if " " in cut else cut[:-1]).rstrip()


def _ended(text: str) -> str:
    """Returns the end of a text that may be too long, cut between words."""
    if len(text) <= MAX_READ_QUESTION_CHARS:
        return text
    cut = text[-MAX_READ_QUESTION_CHARS - 1 :]
    return (cut[cut.find(" ") :] if " " in cut else cut[1:]).strip()


def _without_slips(asked: str, library: Library) -> str:
    """Returns a question with its slips of the finger corrected."""
    slips = {word.typed: _corrected(word.whole, library) for word in typed_words(asked)}
    for typed, known in slips.items():
        if known:
            asked = re.sub(rf"\b{re.escape(typed)}\b", known, asked)
    return asked


def _corrected(word: str, library: Library) -> str | None:
    """Returns the word of the articles that an unknown word is a slip of, if there is one.

    A correct word ("price") is not taken for a slip of another ("prince").
    """
    if len(word) < 5 or not word.isalpha() or word in ASKING or is_known(word, library):
        return None
    if library.encoder.is_word(word):
        return None
    return corrected(word, library.vocabulary)
