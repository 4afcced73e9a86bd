"""/healthz, /readyz and /metrics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.desk.desk import Desk

METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Health:
    """Tells whether the process lives, whether it can answer, and what it has counted.

    Each platform adds a check to `checks`. A check returns what is wrong, or None.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
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
        if problem := await self._desk.state.problem():
            problems["store"] = problem
        status = 503 if problems else 200
        return web.json_response({"ready": not problems, "problems": problems}, status=status)

    async def numbers(self, _request: web.Request) -> web.Response:
        """Answers with everything that is counted and timed."""
        headers = {"Content-Type": METRICS_TYPE}
        return web.Response(body=self._desk.metrics.page(), headers=headers)
