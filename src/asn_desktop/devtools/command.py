"""``asn-dev``: one word per chore. Called without one, it says which words there are."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from asn_desktop.devtools import suite, system_libraries

ROOT = Path(__file__).resolve().parents[3]
_CALLED_FROM = Path.cwd()
SOURCES = ("src", "tests", "benchmarks", "installers")
CHECKS: tuple[tuple[str, ...], ...] = (
    ("ruff", "check", *SOURCES),
    ("ruff", "format", "--check", *SOURCES),
    ("mypy",),
    ("lint-imports", "--no-cache"),
)


@dataclass(frozen=True, slots=True)
class Chore:
    usage: str
    help: str
    run: Callable[[Sequence[str]], int]


def main() -> int:
    """Entry point of ``asn-dev``."""
    name, rest = (sys.argv[1], sys.argv[2:]) if len(sys.argv) > 1 else ("", [])
    if name not in CHORES:
        print(_overview())
        return 0 if name in ("", "-h", "--help", "help") else 2
    os.chdir(ROOT)
    return CHORES[name].run(rest)


def _overview() -> str:
    width = max(len(chore.usage) for chore in CHORES.values())
    lines = [f"  {chore.usage:<{width}}  {chore.help}" for chore in CHORES.values()]
    return "\n".join(["uv run asn-dev COMMAND", "", *lines])


def run(arguments: Sequence[str]) -> int:
    return _call((sys.executable, "-m", "asn_desktop", *arguments))


def check(_arguments: Sequence[str]) -> int:
    """Every check runs, so that one call shows everything that is wrong."""
    failed = [" ".join(command) for command in CHECKS if _announced(command) != 0]
    for command in failed:
        print(f"failed: {command}", file=sys.stderr)
    return 1 if failed else 0


def test(arguments: Sequence[str]) -> int:
    """Checks, then the whole suite; more arguments go to pytest. The runner's closing line is printed last."""
    if not _qt_can_start():
        return 1
    checks = check(())
    tests, closing_line = suite.run_pytest(arguments)
    if checks:
        print("the checks before the tests found something, see above", file=sys.stderr, flush=True)
    print(closing_line, flush=True)
    return tests or checks


def fast(arguments: Sequence[str]) -> int:
    """The rules and contracts alone, within a minute; more arguments go to pytest."""
    if not _qt_can_start():
        return 1
    tests, closing_line = suite.run_pytest([*suite.PARALLEL, *suite.FAST, *arguments])
    print(closing_line, flush=True)
    return tests


def seeds(arguments: Sequence[str]) -> int:
    return suite.seeds(arguments) if _qt_can_start() else 1


def _qt_can_start() -> bool:
    missing = system_libraries.missing_packages()
    if missing:
        print(system_libraries.explanation(missing), file=sys.stderr)
    if not _has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return not missing


def sample_data(arguments: Sequence[str]) -> int:
    from asn_desktop.devtools.sample_data import write

    return write(_folder(arguments, "sample-data"))


def gallery(arguments: Sequence[str]) -> int:
    if not _has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from asn_desktop.devtools import gallery, gallery_forms

    folder = _folder(arguments[:1], "gallery")
    if len(arguments) == 1:
        gallery_forms.write(folder)
    return gallery.write(folder, arguments[1:])


def bench(arguments: Sequence[str]) -> int:
    """Each benchmark is a program of its own; names on the command line choose some of them."""
    programs = sorted((ROOT / "benchmarks").glob("[!_]*.py"))
    chosen = [path for path in programs if path.stem in arguments or (not arguments and path.stem != "make_flat")]
    if not chosen:
        print("benchmarks:", " ".join(path.stem for path in programs))
        return 2
    return max(_announced((sys.executable, str(path))) for path in chosen)


def bundle(arguments: Sequence[str]) -> int:
    return _call((sys.executable, str(ROOT / "installers" / "build.py"), "linux", *arguments))


def kill(arguments: Sequence[str]) -> int:
    from asn_desktop.devtools.kill import main as kill_main

    return kill_main(arguments)


def exchange_campaign(arguments: Sequence[str]) -> int:
    os.environ["PYTHONHASHSEED"] = "0"  # otherwise a seed does not repeat a history
    return _call((sys.executable, "-m", "tests.campaigns.exchange", *arguments))


def exchange_year(arguments: Sequence[str]) -> int:
    if arguments and not arguments[0].startswith("-"):
        arguments = (str(_CALLED_FROM / arguments[0]), *arguments[1:])
    return _call((sys.executable, "-m", "tests.campaigns.year", *arguments))


def fuzz(arguments: Sequence[str]) -> int:
    from asn_desktop.devtools.fuzz import main as fuzz_main

    return fuzz_main(arguments)


def freeze_package_schema(_arguments: Sequence[str]) -> int:
    from asn_desktop.devtools.freeze import freeze

    return freeze(ROOT / "resources" / "schemas")


def schema_doc(_arguments: Sequence[str]) -> int:
    from asn_desktop.devtools.schema_doc import write

    return write(ROOT / "docs" / "schema.md")


def mutants(arguments: Sequence[str]) -> int:
    from asn_desktop.devtools.mutants import main as mutants_main

    return mutants_main(arguments, ROOT)


def system_packages(_arguments: Sequence[str]) -> int:
    """One name a line, nothing when all is there: ``apt-get install $(uv run asn-dev system-packages)``."""
    for package in system_libraries.all_missing():
        print(package)
    return 0


def _folder(arguments: Sequence[str], chore: str) -> Path:
    if len(arguments) != 1 or arguments[0].startswith("-"):
        sys.exit(f"usage: asn-dev {chore} DIR")
    folder = _CALLED_FROM / arguments[0]
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _announced(command: Sequence[str]) -> int:
    print(f"--- {' '.join(command)}", flush=True)
    return _call(command)


def _call(command: Sequence[str]) -> int:
    return subprocess.run(command, check=False).returncode


def _has_display() -> bool:
    return sys.platform in ("win32", "darwin") or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    )


CHORES: dict[str, Chore] = {
    "run": Chore("run [ARGUMENTS]", "the program itself, from this checkout", run),
    "check": Chore("check", "ruff, formatting, mypy, import contracts", check),
    "test": Chore("test [PYTEST ARGUMENTS]", "check, then every test", test),
    "fast": Chore("fast [PYTEST ARGUMENTS]", "rules and contracts only: under a minute on two cores", fast),
    "seeds": Chore(
        "seeds [--count N] [--seed S] [--load]",
        "every test in random orders and surroundings, under load",
        seeds,
    ),
    "sample-data": Chore("sample-data DIR", "the sample office and its workbooks, to play with", sample_data),
    "gallery": Chore("gallery DIR [SCENE ...]", "pictures of every tab and dialog, and every printed form", gallery),
    "bench": Chore("bench [NAME ...]", "measure; see benchmarks/README.md", bench),
    "kill": Chore(
        "kill [--count N] [--seed S]", "kill -9 in import, save, send and receive, then look at what is left", kill
    ),
    "exchange-campaign": Chore(
        "exchange-campaign [--count N] [--seed S] [--jobs J]",
        "offices in any order over lost and late packages",
        exchange_campaign,
    ),
    "exchange-year": Chore(
        "exchange-year DIR", "a year of three offices through real files, then the audit", exchange_year
    ),
    "bundle": Chore("bundle", "the built program for this Linux, and its self-test (see installers/)", bundle),
    "fuzz": Chore(
        "fuzz [--count N] [--seed S] [--jobs J]", "spoiled workbooks through everything that reads one", fuzz
    ),
    "freeze-package-schema": Chore(
        "freeze-package-schema",
        "the layout of packages of a schema that is about to be released, for ever (docs/exchange.md)",
        freeze_package_schema,
    ),
    "schema-doc": Chore("schema-doc", "docs/schema.md: every field of every record, from the catalogue", schema_doc),
    "mutants": Chore("mutants [NAME ...]", "break the program on purpose and see that a test notices", mutants),
    "system-packages": Chore(
        "system-packages",
        "Debian packages that this machine lacks for all that .ci/run does on Linux",
        system_packages,
    ),
}

if __name__ == "__main__":
    sys.exit(main())
