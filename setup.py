"""How a wheel is built: the packages of the checkout go into one package, `clipping`.

On a Python that others share, `bot`, `config`, `index` and `retrieval` are names that anyone may
have; in a wheel they are `clipping.bot` and so on, and the imports in them say so. An editable
install stays as the checkout is. The reasons are in docs/decisions/0011-one-package-in-a-wheel.md.
"""

from __future__ import annotations

import ast
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from setuptools import Distribution, setup
from setuptools.command.build_py import build_py

if TYPE_CHECKING:
    from collections.abc import Iterator

HOME = "clipping"
MOVED = ("bot", "config", "index", "retrieval")


class BuildIntoOnePackage(build_py):  # type: ignore[misc]  # setuptools has no types here
    """Copies the packages as setuptools does, then moves them into `clipping`."""

    def run(self) -> None:
        """Builds; a build that went before leaves nothing behind."""
        if self.editable_mode:
            super().run()
            return
        built = Path(self.build_lib)
        shutil.rmtree(built, ignore_errors=True)
        super().run()
        for name in MOVED:
            (built / name).rename(built / HOME / name)
        for path in (built / HOME).rglob("*.py"):
            path.write_bytes(moved_imports(path.read_bytes()))


class OnePackage(Distribution):  # type: ignore[misc]  # likewise
    """Tells others that `clipping` is the only name at top level."""

    def iter_distribution_names(self) -> Iterator[str]:
        """Yields what top_level.txt lists."""
        yield HOME


def moved_imports(source: bytes) -> bytes:
    """Returns a module's source with its imports of our packages pointing into `clipping`.

    Lines stay where they are, so that a traceback fits the checkout as well.

    Args:
        source: In UTF-8. Bytes, since that is what `ast` counts columns in.

    Raises:
        ValueError: An import binds the name of a package, which does not exist in a wheel.
    """
    lines = source.splitlines(keepends=True)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.level == 0 and _is_ours(node.module or ""):
            line, column = node.lineno - 1, node.col_offset
            before, after = lines[line][:column], lines[line][column:]
            lines[line] = before + after.replace(b"from ", f"from {HOME}.".encode(), 1)
        elif isinstance(node, ast.Import) and any(_is_ours(alias.name) for alias in node.names):
            raise ValueError(f"line {node.lineno}: write `from … import …`, which a wheel can move")
    return b"".join(lines)


def _is_ours(module: str) -> bool:
    return module.partition(".")[0] in MOVED


if __name__ == "__main__":
    setup(cmdclass={"build_py": BuildIntoOnePackage}, distclass=OnePackage)
