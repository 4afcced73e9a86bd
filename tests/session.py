"""The README's terminal session: each command, and what it printed when the README was written.

`python -m tests.session` runs the commands again and writes the session anew.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Step:
    """A command of the session, and what it printed."""

    command: str
    output: str


def steps(readme: str) -> list[Step]:
    """Returns the commands of a README's session, each with the output that the README shows."""
    found = _BLOCK.search(readme)
    if found is None:
        raise ValueError("the README has no terminal session")
    typed = [part.partition("\n") for part in found.group(1).split("$ ")[1:]]
    return [Step(command, output.strip("\n")) for command, _, output in typed]


def run(command: str, library: Path) -> str:
    """Returns what a command of the session prints now, into a pipe."""
    program, *arguments = shlex.split(command)
    if program != "clipping":
        raise ValueError(f"the session runs {program}, which is not ours")
    done = subprocess.run(  # noqa: S603  -- our own program, its arguments from our own README
        [sys.executable, "-m", "bot", *arguments],
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
        env=os.environ | {"ARTICLES": "seeds", "LIBRARY": str(library), "READER_MODEL": "clipping"},
    )
    return done.stdout.strip("\n")


def main() -> None:
    """Writes the session again."""
    readme = README.read_text(encoding="utf-8")
    written = [Step(step.command, run(step.command, ROOT / ".clipping")) for step in steps(readme)]
    block = "\n\n".join(f"$ {step.command}\n{step.output}" for step in written)
    session = f"```console\n{block}\n```"
    README.write_text(_BLOCK.sub(lambda _: session, readme, count=1), encoding="utf-8")


if __name__ == "__main__":
    main()
