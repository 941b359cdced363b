"""Build the program as people get it, and try it out: ``uv run python installers/build.py linux``.

The Linux bundle is for developers and CI: it shows on every commit that the frozen program works. What is handed out
is built by ``installers/windows``, with the same spec.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import version_info

ROOT = version_info.ROOT
SPEC = ROOT / "installers" / "asn_desktop.spec"
NAME, CONSOLE = "ASN-Desktop", "asn-desktop-cli"
MAX_MEGABYTES = 240
"""Of the Linux bundle (Qt's wheel brings 39 MB of ICU here, and libraries keep their symbols)."""
CHECKS = frozenset(
    {
        *("versions", "resources", "fonts", "time-zones", "holidays", "encryption", "passphrase", "text-search"),
        *("qr-code", "blank-forms", "reader-process", "office", "import", "backup", "forms", "export", "window"),
    }
)
"""Keys that a report of the self-test must hold; fewer means that a check got lost."""


class Failed(Exception):
    """The build must stop; the message says why."""


def build(folder: Path) -> Path:
    """Run PyInstaller; returns the bundle in ``folder``. The same sources give the same executables."""
    bundle = folder / NAME
    shutil.rmtree(bundle, ignore_errors=True)
    command = [
        *(sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"),
        *("--workpath", str(folder / "work"), "--distpath", str(folder), str(SPEC)),
    ]
    started = time.monotonic()
    environment = {**os.environ, "PYTHONHASHSEED": "1"}
    environment.setdefault("SOURCE_DATE_EPOCH", "1767225600")
    if subprocess.run(command, env=environment, check=False).returncode != 0:
        raise Failed("PyInstaller failed, see above")
    files = [path for path in bundle.rglob("*") if path.is_file() and not path.is_symlink()]
    size = sum(path.stat().st_size for path in files) / 1e6
    print(f"{bundle.relative_to(ROOT)}: {size:.1f} MB in {len(files)} files, {time.monotonic() - started:.0f} s")
    if size > MAX_MEGABYTES:
        raise Failed(f"{size:.1f} MB is more than {MAX_MEGABYTES}: see installers/trim.py")
    return bundle


def check(bundle: Path, out: Path) -> None:
    """The self-test of both executables, the window's one without any standard stream, as Windows starts it."""
    shutil.rmtree(out, ignore_errors=True)
    environment = {name: value for name, value in os.environ.items() if name in ("HOME", "LANG", "QT_QPA_PLATFORM")}
    console = [str(bundle / CONSOLE), "self-test", "--out", str(out / "console")]
    done = subprocess.run(console, env=environment, cwd="/", stdin=subprocess.DEVNULL, timeout=300, check=False)
    examine(out / "console", done.returncode)
    window = ["sh", "-c", 'exec "$0" self-test --out "$1" <&- >&- 2>&-', str(bundle / NAME), str(out / "window")]
    done = subprocess.run(window, env=environment, cwd="/", timeout=300, check=False)
    examine(out / "window", done.returncode)


def examine(folder: Path, exit_code: int) -> None:
    """Raises :class:`Failed` unless the report in ``folder`` says that everything was tried and works."""
    path = folder / "self-test.json"
    if not path.exists():
        raise Failed(f"the self-test left no report (exit code {exit_code})")
    report = json.loads(path.read_text(encoding="utf-8"))
    failed = [f"{found['key']}: {found['detail']}" for found in report["checks"] if not found["sound"]]
    missing = CHECKS - {found["key"] for found in report["checks"]}
    problems = [
        *failed,
        *(f"{key}: was not tried" for key in sorted(missing)),
        *([] if report["finished"] else [f"ended during {report['running']}"]),
        *([] if report["frozen"] else ["not the built program"]),
        *([] if report["version"] == version_info.version() else [f"version {report['version']}"]),
        *([] if len([name for name in report["files"] if name.endswith(".png")]) >= 5 else ["pictures are missing"]),
        *([] if exit_code == 0 or failed or missing else [f"exit code {exit_code}"]),
    ]
    if problems:
        log = (folder / "self-test.log").read_text(encoding="utf-8")
        raise Failed("\n".join([f"{folder.name}: the self-test of the bundle failed", *problems, log]))
    print(f"{folder.name}: {len(report['checks'])} checks passed in {report['seconds']} s")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("system", choices=["linux"], help="what to build (Windows: installers/windows)")
    parser.add_argument("--no-check", action="store_true", help="only build, do not run the self-test")
    parsed = parser.parse_args(arguments)
    if not sys.platform.startswith("linux"):
        print("a Linux bundle is built on Linux; on Windows use installers/windows", file=sys.stderr)
        return 2
    folder = ROOT / "build" / parsed.system
    try:
        bundle = build(folder)
        if not parsed.no_check:
            check(bundle, folder / "self-test")
    except Failed as problem:
        print(f"FAILED: {problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
