"""Fuzzes every target for an equal share of the time, and prints the smallest input that fails.

The exit status is 1 if a target fails.
"""

from __future__ import annotations

import random
import sys
import time
import traceback

import click
from hypothesis import HealthCheck, given, seed, settings

from tests.fuzz.targets import TARGETS, Target

EXAMPLES_A_ROUND = 500


def fuzz(target: Target, seconds: float, first_seed: int) -> tuple[int, Exception | None]:
    """Returns how many inputs were tried, and how the smallest that fails does so."""
    tried = 0
    until = time.monotonic() + seconds
    while time.monotonic() < until:

        @seed(first_seed + tried)
        @settings(
            max_examples=EXAMPLES_A_ROUND,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(target.given)
        def once(value: object) -> None:
            nonlocal tried
            tried += 1
            target.check(value)

        try:
            once()
        except Exception as error:  # noqa: BLE001  -- whatever fails is what is looked for
            return tried, error
    return tried, None


@click.command(help=__doc__)
@click.option("--minutes", default=10.0, show_default=True, help="For all targets together.")
@click.option("--seed", "first_seed", default=None, type=int, help="What is drawn.")
@click.option("--only", type=click.Choice(list(TARGETS)), help="One target instead of all.")
def main(minutes: float, first_seed: int | None, only: str | None) -> None:
    """Fuzzes."""
    first_seed = random.randrange(10**6) if first_seed is None else first_seed  # noqa: S311  -- no secret
    click.echo(f"seed {first_seed}", err=True)
    names = [only] if only else list(TARGETS)
    failed = False
    for name in names:
        tried, error = fuzz(TARGETS[name], minutes * 60 / len(names), first_seed)
        click.echo(f"{name}: {tried} inputs, {'fails' if error else 'holds'}")
        if error is not None:
            failed = True
            click.echo("".join(traceback.format_exception(error)))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
