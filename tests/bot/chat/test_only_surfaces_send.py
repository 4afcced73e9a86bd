"""Everything that people see leaves through a surface, and each surface checks it in one place."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

BOT = Path(__file__).parents[3] / "bot"
PLATFORMS = ("slack", "discord")
SENDING_PREFIXES = ("chat_", "views_", "files_", "reactions_", "assistant_threads_", "dialog_")
SENDING_NAMES = {
    "create_dm",
    "delete",
    "delete_original_response",
    "edit",
    "edit_message",
    "edit_original_response",
    "followup",
    "reply",
    "respond",
    "say",
    "send",
    "send_message",
    "send_modal",
}
MAY_ALSO = {
    # A form and App Home show settings and questions, never an article's words.
    ("slack/admin_commands.py", "views_open"),
    ("slack/home.py", "views_publish"),
    ("slack/installations.py", "delete"),  # of rows in the database
    ("slack/home.py", "assistant_threads_setSuggestedPrompts"),
}


def methods(source: str) -> Iterator[str]:
    """Yields every attribute that a module calls, or keeps under another name to call it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            candidates = [node.func, *node.args[:1]]  # partial(client.chat_update, ...)
        elif isinstance(node, ast.Assign | ast.AnnAssign | ast.Return):
            candidates = [node.value] if node.value else []
        else:
            continue
        for part in candidates:
            if isinstance(part, ast.Attribute) and not _is_phrases(part.value):
                yield part.attr


def _is_phrases(node: ast.expr) -> bool:
    """Returns whether fixed words are meant: the label of a button is `phrases.send`."""
    return isinstance(node, ast.Name) and node.id == "phrases"


def sends(source: str) -> set[str]:
    """Returns the methods by which a module could send something itself."""
    return {
        name
        for name in methods(source)
        if name in SENDING_NAMES or name.startswith(SENDING_PREFIXES)
    }


def calls_of(function: str, source: str) -> int:
    """Returns how often a module calls a function by its bare name."""
    return sum(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == function
        for node in ast.walk(ast.parse(source))
    )


def modules(platform: str) -> dict[str, str]:
    files = sorted((BOT / platform).glob("*.py"))
    return {f"{platform}/{file.name}": file.read_text(encoding="utf-8") for file in files}


@pytest.mark.parametrize("platform", PLATFORMS)
def test_only_the_surface_calls_what_sends(platform: str) -> None:
    found = {
        (name, method)
        for name, source in modules(platform).items()
        for method in sends(source)
        if name != f"{platform}/surface.py"
    }
    assert found - MAY_ALSO == set()


@pytest.mark.parametrize("platform", PLATFORMS)
def test_quotes_are_checked_in_one_place_that_every_message_passes(platform: str) -> None:
    called = {name: calls_of("checked", source) for name, source in modules(platform).items()}
    assert {name: count for name, count in called.items() if count} == {f"{platform}/surface.py": 1}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("await client.chat_update(ts=ts)", {"chat_update"}),
        ("await interaction.followup.send('x')", {"send"}),
        ("post = channel.send", {"send"}),
        ("post = partial(client.chat_postMessage, channel=channel)", {"chat_postMessage"}),
        ("await interaction.response.defer()", set()),
        ("await client.users_info(user=user)", set()),
    ],
)
def test_a_module_that_sends_is_found(source: str, found: set[str]) -> None:
    assert sends(source) == found
