"""The program's own tests under the Windows Python: encodings, locks, open files, long paths, and the window."""

from __future__ import annotations

import os
from collections.abc import Sequence

from windows import windows_python
from windows.acceptance.pc import Pc
from windows.places import ROOT, Places

_WHOLE = os.environ.get("ASN_WINDOWS_SUITE") == "whole"
"""Before a release. Otherwise what meets the system: rules are as right under Wine as anywhere, and far slower."""
_EVERYTHING = ("tests/unit", "tests/integration", "tests/properties")
_MEETS_THE_SYSTEM = (
    *(f"tests/unit/{room}" for room in ("core", "environment", "cli", "storage")),
    *(f"tests/integration/{room}" for room in ("accounts", "storage", "safety", "exchange")),
    "tests/integration/packages/test_cut_off_sending.py",
    "tests/integration/packages/test_two_offices.py",
)
_NOT_HERE = ("tests/unit/installers", "tests/unit/devtools")
"""About building on Linux; they need the building tools."""
_WITH_WINDOW = (
    "tests/e2e/test_window_journey.py",
    "tests/gui/test_frame.py",
    "tests/gui/test_shell.py",
    "tests/gui/test_sign_in.py",
)


def test_the_suite_without_windows(pc: Pc, where: Places) -> None:
    chosen = _EVERYTHING if _WHOLE else _MEETS_THE_SYSTEM
    run(pc, where, "suite", [*chosen, *(f"--ignore={name}" for name in _NOT_HERE)], seconds=2700)


def test_the_window(pc: Pc, where: Places) -> None:
    run(pc, where, "window", _WITH_WINDOW, seconds=900)


def run(pc: Pc, where: Places, name: str, chosen: Sequence[str], *, seconds: float) -> None:
    """Run pytest under Wine, on two processes; its whole output stays in the results."""
    python = windows_python.prepare(where)
    parts = [python / "Lib" / part for part in ("testing", "site-packages", "metadata")]
    path = ";".join(pc.wine.windows_path(part) for part in [ROOT / "src", *parts, ROOT])
    temporary = pc.drive / f"pytest-{name}"
    options = ["-p", "no:cacheprovider", "-n", "2", "--dist", "loadfile", "--color=no", "--durations=10"]
    ended = pc.wine.run(
        [python / "python.exe", "-m", "pytest", *options, f"--basetemp={pc.wine.windows_path(temporary)}", *chosen],
        seconds=seconds,
        # Beside the sources nothing is written; each process compiling everything anew would take half of the time.
        variables={"PYTHONPATH": path, "PYTHONPYCACHEPREFIX": pc.wine.windows_path(pc.drive / "compiled")},
        folder=ROOT,
    )
    log = where.results / f"pytest-{name}.log"
    log.write_text(ended.output, encoding="utf-8")
    closing = ended.output.rstrip().rpartition("\n")[2]
    print(f"{name}: {closing}")
    assert ended.code == 0, f"{closing}; see {log}\n" + "\n".join(_failures(ended.output))


def _failures(output: str) -> list[str]:
    return [line for line in output.splitlines() if line.startswith(("FAILED", "ERROR"))]
