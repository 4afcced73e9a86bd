"""What a person asks, without what chat puts around it: names, greetings, emoji codes, addresses.

Each part is left out only where something is left to ask, and never inside quotation marks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.desk.followup import leans

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

NAME = "clipping"
_QUOTED = re.compile(r"[\"“”«»„][^\"“”«»„\n]{1,500}[\"“”«»„]")
_STAND_IN = re.compile("\ue000(\\d+)\ue001")
_NO_STAND_INS = {0xE000: " ", 0xE001: " "}
_WORD = re.compile("[^\\W_]|\ue000")
_QUOTING = re.compile(r"\s*>+ ?")
_REST_IS_QUOTING = ">>>"  # Discord: from there to the end of the message
_EMOJI_CODE = re.compile(
    r"(?<![\w:]):(?=[\w+'-]*[a-z+-]|100:)[a-z0-9_+'-]{1,64}:(?::[\w-]+:)?(?!\w)", re.I
)
_CITING = re.compile(
    r"(?:\b(?:according to|as per|per|from|on|at|via|in|see|source|laut|auf|bei|von|siehe)"
    r" ?:? )?"
).pattern
_ADDRESS = re.compile(
    _CITING
    + r"<?(?:(?:https?|ftp)://|mailto:|tel:|www\.)[^\s<>\ue000]*[^\s<>\ue000?!.,;:)\]'’]/?>?"
    + r"|"
    + _CITING
    + r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}",
    re.IGNORECASE,
)
_CITED_SITE = re.compile(
    r"\b(?:according to|as per|from|on|at|via|see|laut|auf|bei|siehe)\s+"
    r"(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,10}(?:/[^\s?]*)?(?=[\s?!.,;:]|$)",
    re.IGNORECASE,
)
_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\(<?(?:https?://|mailto:)[^\s()]*>?\)")
_GREETING = re.compile(
    r"(?:hi+|hello|hey+|hiya|howdy|yo|greetings|dear|good (?:morning|afternoon|evening|day)"
    r"|hall[oö]chen|hallo|servus|moin(?: moin)?"
    r"|gr(?:ü|ue)(?:ß|ss) (?:gott|dich|euch|sie)|gr(?:ü|ue)ezi"
    r"|guten (?:morgen|tag|abend)|liebe[rs]?|sehr geehrte[rs]?)"
).pattern
_SOMEBODY = re.compile(
    r"(?:there|all|everyone|everybody|team|folks|friends?|guys|people|bot|again|zusammen|leute|alle"
    r"|miteinander|ihr lieben|nochmal)"
).pattern
_ASKS_ON = re.compile(
    r"(?=(?:who|whom|whose|what|which|when|where|why|how|wer|wen|wem|was|welche[rs]?|wann|wo|woher"
    r"|wohin|warum|wieso|wie|please|tell|can|could|would|may|do|does|did|is|are|was|were|has|have"
    r"|i|we|bitte|kann|könn\w+|gibt|ist|sind|hat|haben|sag)\b)"
).pattern
_ASKS_PLAINLY = re.compile(
    r"(?=(?:who|whom|whose|what|which|when|where|why|how|wer|wen|wem|welche[rs]?|wann|wo|woher"
    r"|wohin|warum|wieso|wie|please|tell me|can you|could you|bitte|kannst du|können sie)\b)"
).pattern
_STOP = r"(?:\s*[,:;!.…]+\s*|\s+[-–—]+\s+)"
_FILLER = re.compile(
    r"\s*(?:(?:just )?(?:a |one )?(?:quick|short|small|brief|simple) (?:question|one)|question"
    r"|i have an? (?:\w+ )?question|(?:eine )?(?:kurze )?frage"
    r"|ich (?:habe|hätte) (?:mal )?eine (?:kurze )?frage)" + _STOP,
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"(?<=[?!.,…\n])\s*"
    r"(?:(?:many |vielen |besten )?(?:thanks|thank you|thx|cheers|danke|dank|merci)"
    r"(?: (?:you|a lot|so much|very much|in advance|schön|sehr|im voraus))?|ty|please|pls|bitte)"
    r"(?: (?:all|everyone|team|bot|guys|folks))?\s*[!.]*\s*$",
    re.IGNORECASE,
)


def asked_in(text: str, names: Collection[str] = ()) -> str:
    """Returns what a message asks, on one line.

    Args:
        text: The message with its lines, without mentions and other markup.
        names: What the bot is called there, besides its own name.
    """
    name = _name(names)
    quoted: list[str] = []

    def put_away(found: re.Match[str]) -> str:
        quoted.append(found.group())
        return f"\ue000{len(quoted) - 1}\ue001"

    # From here on no pattern meets more than one space in a row.
    lines = text.translate(_NO_STAND_INS).splitlines()
    spaced = "\n".join(" ".join(line.split()) for line in lines if line.strip())
    kept = _QUOTED.sub(put_away, spaced)
    steps: tuple[Callable[[str], str], ...] = (
        _without_quoting,
        lambda said: _LINK.sub(r"\1", said),
        lambda said: _EMOJI_CODE.sub(" ", said),
        lambda said: _CITED_SITE.sub(" ", _ADDRESS.sub(" ", said)),
        lambda said: _THANKS.sub("", said.rstrip()),
        lambda said: re.sub(rf",\s*{name}\s*,", ",", said, flags=re.IGNORECASE),
        lambda said: _called_last(name).sub(r"\1", said),
        lambda said: _without_opening(said, name),
    )
    for step in steps:
        shorter = step(kept)
        kept = shorter if _WORD.search(shorter) else kept
    if re.fullmatch(rf"\W*{name}\W*", kept, re.IGNORECASE):
        return ""  # only the bot's name: the same as a mention alone
    restored = _STAND_IN.sub(lambda found: quoted[int(found[1])], kept)
    return " ".join(restored.split())


def points_at_quoted(question: str) -> bool:
    """Tells whether a message says nothing by itself beside what it passes on: "is that so?"."""
    return leans(question) or len(re.findall(r"\w+", question)) <= 1


def _name(names: Collection[str]) -> str:
    """Returns a pattern for what the bot is called."""
    known = {NAME, *(" ".join(name.split()).casefold() for name in names if name.strip())}
    longest_first = sorted(known, key=lambda each: (-len(each), each))
    return rf"@?(?:{'|'.join(map(re.escape, longest_first))})(?:[ -]?bot)?(?!\w)"


def _called_last(name: str) -> re.Pattern[str]:
    """Returns a pattern for the bot's name at the end: "where is it, Clipping?"."""
    return re.compile(rf"\s*,\s*(?:dear |liebe[rs]? )?{name}\s*([?!.]*)\s*$", re.IGNORECASE)


def _without_opening(text: str, name: str) -> str:
    """Returns a text without its salutation, the bot's name, and "quick question:" before it."""
    somebody = rf"(?:[\s,]+(?:{_SOMEBODY}(?!\w)|{name}))*"
    openings = (
        re.compile(rf"\s*{_GREETING}(?!\w){somebody}(?:{_STOP}|\s+{_ASKS_ON}|\s*$)", re.IGNORECASE),
        re.compile(rf"\s*{name}(?:{_STOP}|\s+{_ASKS_PLAINLY})", re.IGNORECASE),
        re.compile(rf"\s*@{name}\s+", re.IGNORECASE),
        _FILLER,
    )
    shorter = text
    while found := next(filter(None, (each.match(shorter) for each in openings)), None):
        rest = shorter[found.end() :]
        if not _WORD.search(rest):
            break
        shorter = rest
    return shorter


def _without_quoting(text: str) -> str:
    """Returns the lines that a person wrote, where they ask by themselves; else all lines.

    Lines that begin with ">" repeat another message. The sign itself is no part of them.
    """
    own: list[str] = []
    all_lines: list[str] = []
    quoting = False
    for line in text.splitlines():
        mark = _QUOTING.match(line)
        quoting = quoting or line.lstrip().startswith(_REST_IS_QUOTING)
        said = line[mark.end() :] if mark else line
        all_lines.append(said)
        if not mark and not quoting:
            own.append(said)
    rest = "\n".join(own)
    asks = "?" in rest and not leans(rest)
    return rest if asks and len(own) < len(all_lines) else "\n".join(all_lines)
