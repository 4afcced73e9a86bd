"""What no log line may hold: tokens, addresses that work without one, and other people's words."""

from __future__ import annotations

import re
import traceback
from typing import TYPE_CHECKING

from config.errors import ClippingError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

REDACTED = "[redacted]"
TEXT_LEFT_OUT = "its text is left out"
SHORTEST_SECRET = 6  # a shorter value would stand in harmless words

_CREDENTIALS = re.compile(
    r"""
      x(?:ox[a-z]|app|wfp)(?:\.xox[a-z])?-[\w.-]+           # Slack's tokens, rotated ones too
    | \b[MNO][\w-]{22,27}\.[\w-]{5,7}\.[\w-]{27,}             # Discord's
    | (?<=Bearer\ )\S+ | (?<=Bot\ )[\w.-]{20,}                # what the header Authorization holds
    | (?<=[a-z]://)[^\s/@:]+:[^\s/@]+(?=@)                    # a name and a password in an address
    | (?<=[?&])(?:ticket|token|code|state|client_secret)=[^\s&"'>)]+
    | https?://hooks\.[^\s"'<>)]+                             # Slack's response_url and webhooks
    | https?://[^\s/"'<>]+/(?:hooks|commands|actions|services|workflows|triggers)/[^\s"'<>)]+
    | (?<=/webhooks/)\d+/[\w.-]+ | (?<=/interactions/)\d+/[\w.-]+  # Discord's, with their tokens
    """,
    re.VERBOSE,
)
_NAMED = re.compile(  # a field of JSON, of a dict or of keyword arguments
    r"""((?:token|secret|password|response_url|authorization)["']?\s*[:=]\s*["']?)"""
    r"""(?!\s)[^\s"',&}\])]{6,}""",
    re.IGNORECASE,
)


class Redaction:
    """Takes credentials out of a text, whatever wrote it.

    Args:
        secrets: Values that are known to be secret, of any shape.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        known = sorted({s for s in secrets if len(s) >= SHORTEST_SECRET}, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, known)) or r"(?!)")

    def __call__(self, text: str) -> str:
        """Returns the text without credentials."""
        text = self._known.sub(REDACTED, text)
        text = _CREDENTIALS.sub(REDACTED, text)
        return _NAMED.sub(rf"\1{REDACTED}", text)


def without_texts_of(error: BaseException, message: str) -> str:
    """Returns a message without the words of the errors it tells of."""
    for each in chain(error):
        for text in (repr(each), str(each)):
            if len(text) > 2:
                message = message.replace(text, type(each).__name__)
    return message


def traceback_without_texts(error: BaseException) -> str:
    """Returns the traceback of an error and of its causes; code stands there, and no values.

    The text of an error may repeat what somebody asked, so its kind and its number stand for it.
    """
    lines: list[str] = []
    for each in reversed(list(chain(error))):
        lines += traceback.format_tb(each.__traceback__)
        lines.append(f"{type(each).__module__}.{type(each).__qualname__}: {reason_of(each)}\n")
    return "".join(lines).rstrip("\n")


def chain(error: BaseException) -> Iterator[BaseException]:
    """Yields an error, what it groups, and what led to it, each once."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        each = waiting.pop(0)
        if id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        grouped = each.exceptions if isinstance(each, BaseExceptionGroup) else ()
        context = None if each.__suppress_context__ else each.__context__
        waiting += [other for other in (*grouped, each.__cause__, context) if other is not None]


def reason_of(error: BaseException) -> str:
    """Returns what can be said of an error without its text."""
    if isinstance(error, ClippingError):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    answered = getattr(getattr(error, "response", None), "data", None)
    word = answered.get("error") if isinstance(answered, dict) else None
    told = [word] if isinstance(word, str) and re.fullmatch(r"[a-z_]{1,60}", word) else []
    for name in ("status", "code"):
        number = getattr(error, name, None)
        told += [f"{name} {number}"] if isinstance(number, int) else []
    return f"{', '.join(told)} ({TEXT_LEFT_OUT})" if told else f"({TEXT_LEFT_OUT})"
