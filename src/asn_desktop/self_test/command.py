"""``asn-desktop self-test``: run the checks, leave a report, answer with an exit code."""

from __future__ import annotations

import faulthandler
import json
import os
import platform
import shutil
import sys
import tempfile
import traceback
from argparse import Namespace
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from asn_desktop import __version__
from asn_desktop.core.errors import FileNotWritten, OutputRefused
from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import format_number
from asn_desktop.core.outputs import refuse_output, refuse_output_folder
from asn_desktop.environment.logs import stop_log
from asn_desktop.environment.program import frozen
from asn_desktop.self_test.findings import Check, Finding, Place, examine

REPORT, LOG = "self-test.json", "self-test.log"


def main(arguments: Namespace) -> int:
    """0 when every check passed, 1 otherwise; one line on standard output, JSON with ``--json``.

    Without ``--out`` a folder is made that stays only when something failed.
    """
    kept = arguments.out
    if kept is not None:
        try:
            refuse_output_folder(kept)
        except OutputRefused as error:
            return _refused(error, as_json=arguments.json)
    out = kept.absolute() if kept else Path(tempfile.mkdtemp(prefix="asn-uji-"))
    try:
        out.mkdir(parents=True, exist_ok=True)
        report = _run(out, arguments.platform)
    except (OSError, FileNotWritten) as error:
        report = {"sound": False, "finished": False, "checks": [], "error": str(error)}
        print(
            _("GAGAL: laporan tidak dapat disimpan di {path}: {error}").format(path=out, error=error), file=sys.stderr
        )
    if kept is None and report["sound"]:
        shutil.rmtree(out, ignore_errors=True)
    if arguments.json:
        print(json.dumps(report, ensure_ascii=False), flush=True)
    elif report["checks"]:
        print(summary(report, out if kept or not report["sound"] else None), flush=True)
    return 0 if report["sound"] else 1


def _refused(error: OutputRefused, *, as_json: bool) -> int:
    if as_json:
        problem = {"code": error.code, "message": error.message, "hint": error.hint}
        print(json.dumps({"error": problem}, ensure_ascii=False), flush=True)
    print(f"{error.message} [{error.code}]\n{error.hint}", file=sys.stderr)
    return error.exit_code


def summary(report: dict[str, Any], out: Path | None) -> str:
    """The one line for people."""
    failed = [check["title"] for check in report["checks"] if not check["sound"]]
    place = _(" Laporan: {path}").format(path=out) if out else ""
    if failed:
        text = _("GAGAL: {names} ({n} dari {all} pemeriksaan).")
        return text.format(names=", ".join(failed), n=len(failed), all=len(report["checks"])) + place
    text = _("ASN Desktop {version} bekerja di komputer ini: {n} pemeriksaan lulus dalam {seconds} detik.")
    seconds = format_number(report["seconds"], 1)
    return text.format(version=report["version"], n=len(report["checks"]), seconds=seconds) + place


def _run(out: Path, qt_platform: str) -> dict[str, Any]:
    with refuse_output(out / LOG).open("w", encoding="utf-8") as log:
        faulthandler.enable(log)  # should a library crash, the log says where
        try:
            return _examine_all(out, qt_platform or _usual_platform(), log)
        finally:
            faulthandler.disable()


def _usual_platform() -> str:
    """Where Linux has no display, Qt draws into memory; elsewhere its own choice is what people will see."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return ""
    return "" if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") else "offscreen"


def _examine_all(out: Path, qt_platform: str, log: TextIO) -> dict[str, Any]:
    started = datetime.now().astimezone()
    findings: list[Finding] = []
    work = Path(tempfile.mkdtemp(prefix="asn-uji-kerja-"))
    place = Place(work, out, qt_platform)
    try:
        for check in _checks(log):
            _write_report(out, started, findings, running=check.key)  # a crash leaves a report that says where
            print(f"{datetime.now():%H:%M:%S} {check.key} …", file=log, flush=True)  # noqa: DTZ005 - local, shown only
            finding = examine(check, place)
            findings.append(finding)
            outcome = "ok" if finding.sound else "FAILED"
            lines = [f"         {outcome} {finding.seconds:.2f} s  {finding.detail}", finding.error]
            print("\n".join(filter(None, lines)), file=log, flush=True)
        _append_office_log(place, log)
    finally:
        stop_log()
        shutil.rmtree(work, ignore_errors=True)
    return _write_report(out, started, findings)


def _checks(log: TextIO) -> Sequence[Check]:
    """Imported one group at a time: what cannot even be imported is a finding and not the end."""
    found: list[Check] = []
    for group in (_parts, _office, _window):
        try:
            found += group()
        except Exception:  # a library that is missing from the build
            print(traceback.format_exc(), file=log, flush=True)
            found.append(Check(f"import{group.__name__}", group.__name__.removeprefix("_"), _importing(group)))
    return found


def _parts() -> Sequence[Check]:
    from asn_desktop.self_test.parts import CHECKS

    return CHECKS


def _office() -> Sequence[Check]:
    from asn_desktop.self_test.office import CHECKS

    return CHECKS


def _window() -> Sequence[Check]:
    from asn_desktop.self_test.window import CHECKS

    return CHECKS


def _importing(group: Callable[[], Sequence[Check]]) -> Callable[[Place], str]:
    """A check that imports once more, and so fails with the same words."""
    return lambda _place: str(len(group()))


def _append_office_log(place: Place, log: TextIO) -> None:
    with suppress(OSError):
        print((place.home.logs / "asn.log").read_text(encoding="utf-8"), file=log)


def _write_report(out: Path, started: datetime, findings: Sequence[Finding], *, running: str = "") -> dict[str, Any]:
    finished = not running
    report = {
        "program": "ASN Desktop",
        "version": __version__,
        "frozen": frozen(),
        "executable": Path(sys.executable).name,
        "python": platform.python_version(),
        "system": platform.platform(),
        "started": started.isoformat(timespec="seconds"),
        "seconds": round((datetime.now().astimezone() - started).total_seconds(), 2),
        "finished": finished,
        "running": running,
        "sound": finished and bool(findings) and all(finding.sound for finding in findings),
        "checks": [asdict(finding) for finding in findings],
        "files": sorted(path.name for path in out.iterdir() if path.suffix in (".png", ".pdf", ".xlsx")),
    }
    refuse_output(out / REPORT).write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
    return report
