"""``asn-dev exchange-campaign``: random histories of a province and three districts that exchange packages.

Runs in batches, each with a seed of its own, ``--jobs`` of them at once. When a history goes wrong, the shortest one
that goes wrong in the same way is printed step by step, with what happened in each; the other batches go on, and the
end says which seeds failed. ``--seed`` and ``--count`` of a batch repeat it.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.campaigns.country import Templates, make_templates, temporary_folder
from tests.campaigns.machine import Offices

BATCH = 25


class Batch(NamedTuple):
    seed: int
    size: int


class Outcome(NamedTuple):
    """``problem``: what went wrong, with the steps that lead there; "" when nothing did. ``seconds`` of CPU."""

    batch: Batch
    problem: str
    seconds: float


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="asn-dev exchange-campaign", description=__doc__)
    parser.add_argument("--count", type=int, default=100, help="how many histories (default 100)")
    parser.add_argument("--steps", type=int, default=40, help="steps of each at most (default 40)")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6), help="of the first batch")
    parser.add_argument("--jobs", type=int, default=1, help="batches at once (default 1)")
    parser.add_argument("--as-found", action="store_true", help="do not look for a shorter history")
    options = parser.parse_args(arguments)
    folder = temporary_folder()
    try:
        play = partial(run_batch, make_templates(folder), options.steps, shrink=not options.as_found)
        return campaign(_played(play, _batches(options.seed, options.count), options.jobs), options.steps)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def campaign(outcomes: Iterator[Outcome], steps: int) -> int:
    """0 when every history came to a good end."""
    start, done, spent = time.perf_counter(), 0, 0.0
    failed: list[Batch] = []
    for batch, problem, seconds in outcomes:
        done, spent = done + batch.size, spent + seconds
        if problem:
            failed.append(batch)
            print(
                f"{problem}\nagain: asn-dev exchange-campaign --seed {batch.seed} --count {batch.size} --steps {steps}"
            )
        wall = time.perf_counter() - start
        state = f"failed: seeds {' '.join(str(one.seed) for one in failed)}" if failed else "all sound"
        print(f"seed {batch.seed}: {done} histories, {wall:.0f} s, {spent / done:.2f} s CPU each; {state}", flush=True)
    return 1 if failed else 0


def _played(play: partial[Outcome], batches: Sequence[Batch], jobs: int) -> Iterator[Outcome]:
    if jobs == 1:
        yield from map(play, batches)
        return
    with multiprocessing.get_context("spawn").Pool(jobs, maxtasksperchild=1) as pool:
        yield from pool.imap_unordered(play, batches)


def _batches(first: int, count: int) -> list[Batch]:
    whole, rest = divmod(count, BATCH)
    sizes = [BATCH] * whole + ([rest] if rest else [])
    return [Batch(first + number, size) for number, size in enumerate(sizes)]


def run_batch(templates: Templates, steps: int, batch: Batch, *, shrink: bool = True) -> Outcome:
    """Play a batch; the shortest history that goes wrong, if one does, is in the outcome."""
    machine = seed(batch.seed)(type("OfficesFromTemplates", (Offices,), {"templates": templates}))
    start, problem = time.process_time(), ""
    try:
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=batch.size,
                stateful_step_count=steps,
                deadline=None,
                database=None,
                print_blob=False,
                phases=[Phase.generate, Phase.shrink] if shrink else [Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )
    except Exception as error:  # whatever it is, it ends this batch only
        lines = [f"{type(error).__name__}: {error} {getattr(error, 'details', '')}", *getattr(error, "__notes__", ())]
        problem = "\n".join(lines)
    return Outcome(batch, problem, time.process_time() - start)


if __name__ == "__main__":
    sys.exit(main())
