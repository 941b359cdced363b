"""The command line: the same services as the window, for scripts and for the head office.

Messages are Indonesian; keys, options and codes English. ``--json`` prints one JSON object on standard output and
nothing else. Exit codes: 0 done, 2 wrong use, 3 refused and nothing written, 4 the database cannot be opened,
5 done but the answer could not be written (a full disk behind ``>``), 130 cancelled.
"""

from __future__ import annotations

import getpass
import json
import os
from argparse import Namespace
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from asn_desktop.cli import commands, saying
from asn_desktop.cli.arguments import WrongUse, build_parser
from asn_desktop.core.errors import (
    OUR_MISTAKE,
    AppError,
    Cancelled,
    DatabaseDamaged,
    EnvironmentProblem,
    surroundings,
)
from asn_desktop.core.i18n import N_, _
from asn_desktop.core.issues import Issue
from asn_desktop.environment.logs import LOGGER, start_log
from asn_desktop.environment.paths import office_paths
from asn_desktop.environment.places import look_into, place_problem
from asn_desktop.environment.program import somebody_can_type
from asn_desktop.services import Services, close_office, office_users, open_office

ANSWER_LOST = 5
Answer = Mapping[str, Any]
"""What a command reports: printed as JSON, or its ``text`` for people."""

_CLI_HINTS: Mapping[str, str] = {
    "ASN-1120": N_("Periodenya disebut dengan --period, misalnya --period 2026-TW3."),
    "ASN-1121": N_("Kode kegiatan ditampilkan oleh “list events”."),
    "ASN-1367": N_("Lembar kerjanya dibuat dengan “worksheet participants”."),
    "ASN-1421": N_("Folder lain ditunjuk dengan --home."),
    "ASN-1423": N_("Data kantor disiapkan dengan “asn-desktop init”; folder lain ditunjuk dengan --home."),
    **dict.fromkeys(
        ("ASN-1430", "ASN-1431", "ASN-1432"), N_("Cadangan dipulihkan dengan “restore”, diikuti nama cadangannya.")
    ),
    "ASN-1424": N_("Folder lain ditunjuk dengan --home."),
}
"""What the hint of an error means on a command line; the services know only steps in words."""
_WITHOUT_OFFICE: Mapping[str, Callable[[Namespace], Answer]] = {
    "init": commands.initialise,
    "restore": commands.restore,
    "demo": commands.demo,
}


def run(arguments: Namespace) -> int:
    """Carry out one command; returns the exit code."""
    try:
        answer = _carry_out(arguments)
    except AppError as error:
        _print_error(error, arguments.json)
        return error.exit_code
    except (Cancelled, KeyboardInterrupt):
        _print_message(_("Dibatalkan. Data tidak berubah."), arguments.json)
        return 130
    except Exception as error:
        problem = surroundings(error) or place_problem(error)
        if problem is not None:
            _print_error(problem, arguments.json)
            return problem.exit_code
        return _our_mistake(arguments)
    content = {key: value for key, value in answer.items() if key != "text"}
    if not saying.answer(json.dumps(content, ensure_ascii=False) if arguments.json else answer["text"]):
        saying.complain(_("Perintah selesai, tetapi jawabannya tidak dapat disimpan: tempat keluarannya penuh."))
        return ANSWER_LOST
    return int(answer.get("exit_code", 0))


def _our_mistake(arguments: Namespace) -> int:
    """Said in words and kept in the log: never a traceback at a clerk."""
    log = _log_mistake(arguments)
    sorry = _("Maaf, ada kesalahan di program ini. Data Anda aman: perubahan dibatalkan.")
    hint = _("Kirimkan berkas log ini kepada petugas TI kantor Anda: {path}").format(path=log) if log else ""
    _print_message(sorry, arguments.json, hint, code=OUR_MISTAKE)
    return 1


def main(argv: list[str]) -> int:
    """Parse and run; wrong use ends with code 2 and an Indonesian explanation."""
    return run(build_parser().parse_args(argv))


def _carry_out(arguments: Namespace) -> Answer:
    if arguments.command == "open":  # only reached where no window can be shown
        raise WrongUse(
            _("Perintah “open” membuka jendela, dan di sini tidak ada layar."),
            _("Pakai “import” untuk menerima berkas dari baris perintah."),
        )
    _must_be_text(arguments)
    look_into(office_paths(arguments.home).home)
    if arguments.command in _WITHOUT_OFFICE:
        if arguments.command in ("init", "restore", "demo"):
            arguments.passphrase = passphrase(arguments)
        return _WITHOUT_OFFICE[arguments.command](arguments)
    if arguments.command == "list" and arguments.what == "backups":  # needed most when the office cannot be opened
        return commands.list_of_backups(arguments, passphrase(arguments))
    paths = office_paths(arguments.home)
    user = arguments.as_user or office_users(paths)[0]
    carry_out = _with_office(arguments.command)
    arguments.passphrase = passphrase(arguments)
    services = open_office(paths, user, arguments.passphrase)
    try:
        _warn(services)
        return carry_out(services, arguments)
    except DatabaseDamaged:
        raise
    except EnvironmentProblem as error:
        error.exit_code = AppError.exit_code  # the database was open: what was asked for is refused
        raise
    finally:
        close_office(services)


def _with_office(command: str) -> Callable[[Services, Namespace], Answer]:
    """What an open office is needed for. Loaded by the command: who imports a list needs nothing of packages."""
    if command in ("send", "receive", "conflicts"):
        from asn_desktop.cli import packages

        return {"send": packages.send, "receive": packages.receive, "conflicts": packages.conflicts}[command]
    if command == "inbox":
        from asn_desktop.cli import inbox

        return inbox.receive_many
    if command == "worksheet":
        from asn_desktop.cli import worksheets

        return worksheets.write_worksheets
    return {
        "import": commands.import_workbook,
        "export": commands.export_workbook,
        "print": commands.print_forms,
        "list": commands.list_records,
        "backup": commands.back_up,
        "check": commands.check,
        "recovery-code": commands.new_recovery_code,
    }[command]


def _warn(services: Services) -> None:
    """What was found at opening and keeps nobody from working: on standard error, whatever the command answers."""
    found = services.safety.anchor_problem()
    if found is not None:
        saying.complain(f"{found.message} [{found.code}]\n{found.hint}")


def passphrase(arguments: Namespace) -> str:
    """From ``ASN_PASSPHRASE``, else asked for; raises :class:`InputError` when nobody can be asked."""
    given = os.environ.get("ASN_PASSPHRASE")
    if given:
        return _as_text(given, _("Isi ASN_PASSPHRASE tidak terbaca sebagai teks UTF-8."))
    if arguments.command == "demo":
        from asn_desktop.sample.journey import DEMO_PASSPHRASE

        return str(DEMO_PASSPHRASE)
    if not somebody_can_type():
        raise WrongUse(
            _("Kata sandi belum diberikan."),
            _("Isi variabel ASN_PASSPHRASE, atau jalankan di jendela perintah agar dapat ditanya."),
            code="ASN-1107",
        )
    typed = _typed(_("Kata sandi: "))
    if arguments.command == "init" and _typed(_("Ulangi kata sandi: ")) != typed:
        raise WrongUse(_("Kedua kata sandi tidak sama."), _("Ulangi perintahnya."))
    return typed


def _typed(question: str) -> str:
    try:
        return getpass.getpass(question)
    except UnicodeDecodeError:  # a terminal that sends another encoding than it says
        return _as_text("\udcff", _("Kata sandi yang diketik tidak terbaca sebagai teks UTF-8."))


def _must_be_text(arguments: Namespace) -> None:
    """A name that is no text cannot be stored; a path may be any bytes."""
    for value in vars(arguments).values():
        for each in value if isinstance(value, list) else (value,):
            if isinstance(each, str):
                _as_text(each, _("Isian “{text}” tidak terbaca sebagai teks UTF-8.").format(text=each))


def _as_text(given: str, refusal: str) -> str:
    """``given``, unless it holds bytes that the system could not read as text: raises :class:`WrongUse` then."""
    try:
        given.encode("utf-8")
    except UnicodeEncodeError as error:
        hint = _("Atur jendela perintah ke UTF-8 (di Windows: chcp 65001), lalu ketik lagi.")
        raise WrongUse(refusal, hint, code="ASN-1110") from error
    return given


def _log_mistake(arguments: Namespace) -> Path | None:
    """Keep the traceback where the office's log is, or would be; returns the log file, None where none can be."""
    folder = office_paths(arguments.home).logs
    if not LOGGER.handlers:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            return None
        start_log(folder)
    LOGGER.exception("command failed: %s", arguments.command)
    return folder / "asn.log"


def _print_message(message: str, as_json: bool, hint: str = "", *, code: str = "") -> None:
    if as_json:
        saying.answer(json.dumps({"error": {"code": code, "message": message, "hint": hint}}, ensure_ascii=False))
    saying.complain("\n".join(line for line in (message, hint) if line))


def _print_error(error: AppError, as_json: bool) -> None:
    issues: tuple[Issue, ...] = getattr(error, "issues", ())
    also = _(_CLI_HINTS[error.code]) if error.code in _CLI_HINTS else ""
    hint = f"{error.hint} {also}".strip()
    if as_json:
        content = {"code": error.code, "message": error.message, "hint": hint}
        saying.answer(json.dumps({"error": content}, ensure_ascii=False))
    lines = [f"{error.message} [{error.code}]", *(f"  - {issue.message}" for issue in issues), _(error.safety), hint]
    saying.complain("\n".join(line for line in lines if line))
