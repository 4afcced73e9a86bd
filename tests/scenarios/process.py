"""The bot in a process of its own, so that it can be killed, or measured.

    python -m tests.scenarios.process ACCESS DATABASE_FOLDER [patient]

ACCESS is the JSON of `Platforms`; `patient` lets questions about patience be answered at once. Each
question is announced on standard output before it is answered.
"""

from __future__ import annotations

import asyncio
import json
import sys
from typing import TYPE_CHECKING

from bot.cli.serving import Platforms, serve
from bot.discord.access import Access as DiscordAccess
from bot.slack.access import Access as SlackAccess
from tests.scenarios.articles import Expert
from tests.scenarios.rig import options_in

if TYPE_CHECKING:
    from retrieval.answers import Answer


class Announcer(Expert):
    """Says what it is about to work on."""

    def __call__(self, question: str, /, *, folders: tuple[str, ...] = ()) -> Answer:
        """Announces the question and answers it."""
        sys.stdout.write(question + "\n")
        sys.stdout.flush()
        return super().__call__(question, folders=folders)


def platforms_of(written: str) -> Platforms:
    """Reads `Platforms` from their JSON."""
    slack, discord = (json.loads(written)[name] for name in ("slack", "discord"))
    return Platforms(
        slack=SlackAccess(**slack) if slack else None,
        discord=DiscordAccess(**discord) if discord else None,
    )


def main() -> None:
    """Serves until told to stop."""
    expert = Announcer()
    if "patient" in sys.argv[3:]:
        expert.may_go_on.set()
    platforms = platforms_of(sys.argv[1])
    asyncio.run(serve(platforms, expert, options=options_in(sys.argv[2])))


if __name__ == "__main__":
    main()
