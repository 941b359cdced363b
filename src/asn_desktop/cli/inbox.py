"""``inbox``: everything that came in, at once."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from asn_desktop.cli.arguments import WrongUse
from asn_desktop.cli.commands import issue_json
from asn_desktop.core.i18n import N_, _
from asn_desktop.exchange.inbox import InboxFile, workbooks_in
from asn_desktop.services import Services

_RESULTS = {"ready": N_("siap"), "applied": N_("diterapkan"), "known": N_("sudah pernah diterima")}


def receive_many(services: Services, arguments: Namespace) -> Mapping[str, Any]:
    """``inbox``: applies what is sound of each file and reports every one; lists are only named (``import``)."""
    files = services.inbox.look(_files(arguments.paths))
    backup: Path | None = None
    if not arguments.dry_run and any(file.state == "ready" for file in files):
        done = services.inbox.apply(files)
        files, backup = list(done.files), done.backup
        if done.error is not None:
            raise done.error
    lines = [_line(file) for file in files]
    if arguments.dry_run:
        lines.append(_("Hanya diperiksa; data tidak berubah."))
    return {
        "files": [_as_json(file) for file in files],
        "applied": sum(file.state == "applied" for file in files),
        "backup": str(backup) if backup else None,
        "text": "\n".join(lines),
    }


def _files(paths: list[Path]) -> list[Path]:
    found = [file for path in paths for file in (workbooks_in(path) if path.is_dir() else [path])]
    if not found:
        raise WrongUse(_("Tidak ada buku kerja Excel di folder itu."), _("Sebut folder yang berisi berkas .xlsx."))
    return found


def _as_json(file: InboxFile) -> dict[str, Any]:
    """The keys of ``import`` and ``receive``; a file that is refused has an ``error`` as these print it."""
    answer: dict[str, Any] = {
        "file": str(file.path),
        "state": file.state,
        "type": file.kind.value if file.kind else None,
        "from": file.name or None,
        "kind": file.content or None,
        "period": file.period or None,
        **(file.counts or {}),
        "applied": file.state == "applied",
        "operation": file.operation,
        "issues": [issue_json(issue) for issue in file.issues],
    }
    if file.state == "refused":
        answer["error"] = {"code": file.code, "message": file.message, "hint": file.hint}
    return answer


def _line(file: InboxFile) -> str:
    return " · ".join(part for part in (file.path.name, file.name, _result(file)) if part)


def _result(file: InboxFile) -> str:
    if file.state == "refused":
        return f"{file.message} [{file.code}] {file.hint}".rstrip()
    if file.state == "other":
        return _("daftar; pakai “import”")
    if file.state == "known" and not file.waiting:
        return _("sudah pernah diterima")
    figures = _(
        "baru {new}, berubah {changed}, sama {same}, "
        "perlu keputusan {conflict}, ditolak {rejected}, diabaikan {ignored}"
    ).format(**(file.counts or {}))
    text = f"{_(_RESULTS[file.state])}: {figures}"
    if file.waiting:
        text += _("; putuskan lewat Terima berkas di jendela program, atau kembalikan barisnya (import --errors)")
    return text
