"""``asn-dev exchange-campaign``: random histories of a province and three districts that exchange packages.

Runs in batches, each with a seed of its own. When a history goes wrong, the shortest one that goes wrong in the same
way is printed step by step, with what happened in each; ``--seed`` and ``--count`` of the batch repeat it.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.campaigns.country import Templates, make_templates, temporary_folder
from tests.campaigns.machine import Offices

BATCH = 25


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="asn-dev exchange-campaign", description=__doc__)
    parser.add_argument("--count", type=int, default=100, help="how many histories (default 100)")
    parser.add_argument("--steps", type=int, default=40, help="steps of each at most (default 40)")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6), help="of the first batch")
    parser.add_argument("--as-found", action="store_true", help="do not look for a shorter history")
    options = parser.parse_args(arguments)
    folder = temporary_folder()
    try:
        return campaign(folder, options.count, options.steps, options.seed, shrink=not options.as_found)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def campaign(folder: Path, count: int, steps: int, first: int, *, shrink: bool = True) -> int:
    """0 when every history came to a good end; stops at the first batch with one that did not."""
    templates = make_templates(folder)
    start, done = time.perf_counter(), 0
    for number, size in enumerate(_batches(count)):
        now = first + number
        try:
            run_batch(templates, size, steps, now, shrink=shrink)
        except Exception as problem:
            print(f"batch {number}: {type(problem).__name__}: {problem} {getattr(problem, 'details', '')}")
            for line in getattr(problem, "__notes__", ()):
                print(line)
            print(f"again: asn-dev exchange-campaign --seed {now} --count {size} --steps {steps}")
            return 1
        done += size
        print(f"{done} histories, {time.perf_counter() - start:.0f} s, seeds {first}–{now}: all sound", flush=True)
    return 0


def _batches(count: int) -> list[int]:
    whole, rest = divmod(count, BATCH)
    return [BATCH] * whole + ([rest] if rest else [])


def run_batch(templates: Templates, size: int, steps: int, number: int, *, shrink: bool = True) -> None:
    """Raises what went wrong in the shortest history found, its steps as notes."""
    machine = seed(number)(type("OfficesFromTemplates", (Offices,), {"templates": templates}))
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=size,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            print_blob=False,
            phases=[Phase.generate, Phase.shrink] if shrink else [Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


if __name__ == "__main__":
    sys.exit(main())
