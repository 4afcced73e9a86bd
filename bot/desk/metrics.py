"""Metrics: what is counted and timed, for /metrics and /ask-status."""

from __future__ import annotations

import time
from collections import deque

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
KEPT_LATENCIES = 1_000  # for the median in /ask-status


class Metrics:
    """The metrics of one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.started_at = time.time()
        self.questions = self._counter("questions", "Questions accepted", "platform")
        self.outcomes = self._counter("outcomes", "What became of them", "platform", "outcome")
        self.duplicates = self._counter("duplicates", "Deliveries met a second time", "platform")
        self.reconnects = self._counter("reconnects", "Connections opened anew", "platform")
        self.api_errors = self._counter("api_errors", "Calls refused", "platform", "error")
        self.queued = Gauge("clipping_queue", "Questions in work", registry=self.registry)
        self.stages = Histogram(
            "clipping_stage_seconds",
            "Time spent by stage: claim, answer, deliver, and all of them",
            ["stage"],
            buckets=BUCKETS_S,
            registry=self.registry,
        )
        self._latencies: deque[float] = deque(maxlen=KEPT_LATENCIES)

    def took(self, stage: str, seconds: float) -> None:
        """Notes how many seconds a stage took."""
        self.stages.labels(stage).observe(seconds)
        if stage == "all":
            self._latencies.append(seconds)

    def latency(self, share: float) -> float | None:
        """Returns the seconds within which a share (0 to 1) of the last questions was answered.

        Returns None before the first question.
        """
        times = sorted(self._latencies)
        return times[min(len(times) - 1, int(share * len(times)))] if times else None

    def page(self) -> bytes:
        """Returns all metrics in the text format of Prometheus."""
        return generate_latest(self.registry)

    def _counter(self, name: str, description: str, *labels: str) -> Counter:
        return Counter(f"clipping_{name}", description, labels, registry=self.registry)
