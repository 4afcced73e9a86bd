"""/healthz, /readyz and /metrics."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.desk.desk import Desk

METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"
PROBE_EVERY_S = 1.0  # the database is asked no oftener, however often we are
PROBE_PATIENCE_S = 2.0


class Health:
    """Tells whether the process lives, whether it can answer, and what it has counted.

    Each platform adds a check to `checks`. A check returns what is wrong, or None.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._probe: asyncio.Task[str | None] | None = None
        self._probed_at = 0.0
        self.checks: dict[str, Callable[[], str | None]] = {}

    def routes(self) -> list[web.RouteDef]:
        """Returns the routes to add to a web application."""
        return [
            web.get("/healthz", self.alive),
            web.get("/readyz", self.ready),
            web.get("/metrics", self.numbers),
        ]

    async def alive(self, _request: web.Request) -> web.Response:
        """Answers 200: the event loop turns."""
        return web.json_response({"status": "ok"})

    async def ready(self, _request: web.Request) -> web.Response:
        """Answers 200 if every platform is connected and the database answers; else 503 and why."""
        problems = {name: problem for name, check in self.checks.items() if (problem := check())}
        if problem := await self._problem_of_the_store():
            problems["store"] = problem
        status = 503 if problems else 200
        return web.json_response({"ready": not problems, "problems": problems}, status=status)

    async def numbers(self, _request: web.Request) -> web.Response:
        """Answers with everything that is counted and timed."""
        headers = {"Content-Type": METRICS_TYPE}
        return web.Response(body=self._desk.metrics.page(), headers=headers)

    async def _problem_of_the_store(self) -> str | None:
        """Returns what is wrong with the database, by a probe that all who ask now share.

        The database has one thread for all its work: probes must not queue up in front of it.
        """
        probe = self._probe
        if probe is None or (probe.done() and time.monotonic() - self._probed_at >= PROBE_EVERY_S):
            self._probed_at = time.monotonic()
            probe = self._probe = asyncio.create_task(self._desk.state.problem())
        done, _ = await asyncio.wait({probe}, timeout=PROBE_PATIENCE_S)
        return probe.result() if done else "does not answer"
