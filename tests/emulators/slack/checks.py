"""Small checks that combine into a description of what Slack accepts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Check = Callable[[Any, str], Iterator[str]]  # (value, JSON pointer) -> what is wrong with it


def anything(_value: Any, _where: str) -> Iterator[str]:
    """Accepts every value."""
    yield from ()


def boolean(value: Any, where: str) -> Iterator[str]:
    """Accepts true and false."""
    if not isinstance(value, bool):
        yield f"must be a boolean [json-pointer:{where}]"


def string(max_chars: int, *, min_chars: int = 1) -> Check:
    """Returns a check for a string of that length."""

    def check(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield f"must be a string [json-pointer:{where}]"
        elif len(value) < min_chars:
            yield f"must be more than {min_chars - 1} characters [json-pointer:{where}]"
        elif len(value) > max_chars:
            yield f"must be less than {max_chars + 1} characters [json-pointer:{where}]"

    return check


def one_of(*allowed: str) -> Check:
    """Returns a check for one of a few words."""

    def check(value: Any, where: str) -> Iterator[str]:
        if value not in allowed:
            yield f"must be one of {', '.join(allowed)} [json-pointer:{where}]"

    return check


def listing(item: Check, max_items: int, *, min_items: int = 1) -> Check:
    """Returns a check for a list of so many items."""

    def check(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"must be an array [json-pointer:{where}]"
            return
        if len(value) < min_items:
            yield f"no fewer than {min_items} items allowed [json-pointer:{where}]"
        if len(value) > max_items:
            yield f"no more than {max_items} items allowed [json-pointer:{where}]"
        for position, entry in enumerate(value):
            yield from item(entry, f"{where}/{position}")

    return check


def record(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """Returns a check for an object with these fields and no others."""
    known = {**required, **(optional or {})}

    def check(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"must be an object [json-pointer:{where}]"
            return
        for name in required.keys() - value.keys():
            yield f"missing required field: {name} [json-pointer:{where}]"
        for name, entry in value.items():
            if name in known:
                yield from known[name](entry, f"{where}/{name}")
            else:
                yield f"invalid additional property: {name} [json-pointer:{where}]"

    return check


def by_type(kinds: Mapping[str, Check]) -> Check:
    """Returns a check for an object whose `type` says which other check holds for it."""

    def check(value: Any, where: str) -> Iterator[str]:
        kind = str(value.get("type")) if isinstance(value, dict) else "none"
        if kind in kinds:
            rest = {name: entry for name, entry in value.items() if name != "type"}
            yield from kinds[kind](rest, where)
        else:
            yield f"unsupported type: {kind} [json-pointer:{where}/type]"

    return check
