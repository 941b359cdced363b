"""What each command does. Every function answers with a mapping: keys for JSON, ``text`` for people."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from asn_desktop.cli.arguments import WrongUse
from asn_desktop.core.errors import InputError
from asn_desktop.core.i18n import _
from asn_desktop.core.issues import Issue
from asn_desktop.core.outputs import refuse_output
from asn_desktop.environment.paths import office_paths
from asn_desktop.exchange.plan import ImportPlan
from asn_desktop.exchange.questions import Question
from asn_desktop.services import (
    Backup,
    Services,
    agency_of,
    close_office,
    create_office,
    describe,
    list_backups,
    move_in,
    new_office,
    office_users,
    restore_backup,
)

Answer = Mapping[str, Any]


def initialise(arguments: Namespace) -> Answer:
    """``init``: a new office; the recovery code is shown once."""
    paths = office_paths(arguments.home)
    office = new_office(
        arguments.office,
        arguments.name,
        agency=arguments.agency or agency_of(arguments.name),
        place=arguments.place,
        role=arguments.role,
    )
    services, code = create_office(paths, office, arguments.user, arguments.passphrase)
    close_office(services)
    text = _(
        "Kantor {name} siap di {home}.\nKode pemulihan: {code}\n"
        "Tulis kode ini di kertas dan simpan terpisah: hanya dengan kode ini data dapat dibuka bila kata sandi lupa."
    ).format(name=office.name, home=paths.home, code=code)
    return {"home": str(paths.home), "office": office.code, "user": arguments.user, "recovery_code": code, "text": text}


def import_workbook(services: Services, arguments: Namespace) -> Answer:
    """``import``: applies what is sound and reports the rest."""
    exchange = services.exchange
    errors = arguments.errors and output(arguments.errors, source=arguments.file)
    answers = _answers(arguments)
    plan = exchange.examine(arguments.file, arguments.kind, arguments.period, answers=answers)
    _refuse_strange_answers(plan, answers)
    returned = bool(errors) and exchange.has_returns(plan)
    if returned:  # first: when this file cannot be written, nothing at all is
        exchange.write_errors(plan, errors)
    applied = not arguments.dry_run and plan.writes
    outcome = exchange.apply(plan) if applied else None
    answer: dict[str, Any] = {
        "kind": plan.kind,
        "period": plan.period,
        **plan.counts,
        "applied": applied,
        "operation": outcome.change_set.operation_id if outcome else None,
        "backup": str(outcome.backup) if outcome else None,
        "issues": [issue_json(issue) for issue in plan.issues],
        "questions": [question_json(question) for question in plan.questions],
    }
    lines = [import_summary(plan, dry_run=arguments.dry_run)]
    if returned:
        answer["errors"] = str(errors)
        lines.append(_("Baris yang perlu dibetulkan: {path}").format(path=errors))
    return {**answer, "text": "\n".join(lines)}


def import_summary(plan: ImportPlan, *, dry_run: bool) -> str:
    counts = plan.counts
    head = _("{file}: {rows_read} baris dibaca").format(file=plan.file_name, rows_read=counts["rows_read"])
    figures = _(
        "baru {new}, berubah {changed}, sama {same}, "
        "perlu keputusan {conflict}, ditolak {rejected}, diabaikan {ignored}"
    ).format(**counts)
    lines = [head, figures]
    if dry_run:
        lines.append(_("Hanya diperiksa; data tidak berubah."))
    shown = [issue for issue in plan.issues if issue.severity in ("error", "decision")]
    lines += [f"  {issue.location}  {issue.message} {issue.hint}".rstrip() for issue in shown[:20]]
    if len(shown) > 20:
        lines.append(_("  … dan {n} temuan lain (pakai --errors untuk menyimpan semuanya).").format(n=len(shown) - 20))
    asked = [question for question in plan.questions if question.open]
    if asked:
        lines.append(_("Pertanyaan yang belum dijawab (jawab dengan --decide ID=PILIHAN):"))
    for question in asked:
        lines.append(f"  {question.id}")
        lines += [f"      {choice.key}: {choice.label}" for choice in question.choices]
    return "\n".join(lines)


def _answers(arguments: Namespace) -> dict[str, str]:
    """``--decide ID=CHOICE``, where an ID may hold the sign itself: the last one counts."""
    answers = {}
    for decision in arguments.decide or ():
        name, sign, choice = decision.rpartition("=")
        if not sign or not name or not choice:
            raise WrongUse(
                _("“{text}” bukan jawaban.").format(text=decision),
                _("Tulis ID=PILIHAN, misalnya “opd:Din. Contoh=new”."),
            )
        answers[name] = choice
    return answers


def _refuse_strange_answers(plan: ImportPlan, answers: Mapping[str, str]) -> None:
    """A slip in ``--decide`` must not pass for a decision. Answers for sheets that nobody asks about count as well."""
    asked = {question.id: question for question in plan.questions}
    sheets = {f"sheet:{sheet.sheet}" for sheet in plan.sheets}
    if unasked := sorted(name for name in answers if name not in asked and name not in sheets):
        raise WrongUse(
            _("Berkas ini tidak menanyakan: {names}.").format(names=", ".join(unasked)),
            _("Jalankan dahulu dengan --dry-run --json: “questions” memuat ID setiap pertanyaan dan pilihannya."),
        )
    for name, answer in answers.items():
        question = asked.get(name)
        if question is not None and question.answer != answer:
            raise WrongUse(
                _("“{answer}” bukan salah satu pilihan pertanyaan “{question}”.").format(
                    answer=answer, question=question.text
                ),
                _("Pilihan: {list}.").format(list=", ".join(choice.key for choice in question.choices)),
            )


def question_json(question: Question) -> dict[str, Any]:
    return {
        "id": question.id,
        "kind": question.kind,
        "text": question.text,
        "rows": question.rows,
        "answer": question.answer or question.default or None,
        "remembered": question.remembered,
        "choices": [{"key": choice.key, "label": choice.label} for choice in question.choices],
    }


def issue_json(issue: Issue) -> dict[str, Any]:
    place = issue.location
    return {
        "sheet": place.sheet,
        "cell": place.cell or None,
        "value": issue.value,
        "code": issue.code,
        "severity": issue.severity.value,
        "message": issue.message,
        "hint": issue.hint,
    }


def export_workbook(services: Services, arguments: Namespace) -> Answer:
    """``export``: a canonical workbook that can be imported again with zero changes."""
    from asn_desktop.exchange.subjects import IMPORTS  # reads workbooks: only who exports waits

    unit = services.reference.find_unit(arguments.unit).id if arguments.unit else None
    out = output(arguments.out)
    period = required_period(arguments) if IMPORTS[arguments.kind].of_a_period else ""
    count = services.exchange.export(arguments.kind, out, period=period, unit_id=unit)
    text = _("{n} baris disimpan di {path}").format(n=count, path=out)
    return {"file": str(out), "rows": count, "text": text}


def print_forms(services: Services, arguments: Namespace) -> Answer:
    """``print``: the documents of a form, or blank forms, into one PDF."""
    from asn_desktop.reports import registry  # as reportlab, which takes a moment: only who prints waits

    form = registry.form_of(arguments.form)
    asked = {name: getattr(arguments, name) for name in _PRINT_OPTIONS if getattr(arguments, name) not in (None, False)}
    if form.find is None:
        raise WrongUse(_("Daftar dicetak dengan perintah list."), _("Pakai list … --pdf HASIL.pdf."))
    for name in sorted(asked.keys() - form.asks):
        raise WrongUse(
            _("Formulir {form} tidak memakai {option}.").format(form=form.code, option=_PRINT_OPTIONS[name]),
            _("Hilangkan pilihan itu, lalu jalankan lagi."),
        )
    if "period" in form.needs:
        required_period(arguments)
    documents = form.find(services, registry.Query(**asked))
    paper = registry.Paper(arguments.paper)
    pages = registry.render(form.code, documents, output(arguments.out), paper, blank=arguments.blank)
    text = _("{n} formulir {form}, {pages} halaman: {path}").format(
        n=len(documents), form=arguments.form, pages=pages, path=arguments.out
    )
    return {"file": str(arguments.out), "forms": len(documents), "pages": pages, "text": text}


_PRINT_OPTIONS = {
    "period": "--period", "nip": "--nip", "unit": "--unit", "blank": "--blank", "sender": "--sender",
    "number": "--number",
}  # fmt: skip


def list_records(services: Services, arguments: Namespace) -> Answer:
    """``list``: one key named after what is listed."""
    from asn_desktop.cli import lists

    unit = services.reference.find_unit(arguments.unit).id if arguments.unit else None
    make: Callable[[Services, int | None, str | None], list[dict[str, Any]]] = lists.LISTS[arguments.what]
    rows = make(services, unit, arguments.period)
    answer = {arguments.what: rows, "text": lists.as_table(arguments.what, rows)}
    if arguments.pdf is None:
        return answer
    from asn_desktop.reports.registry import render  # as for ``print``

    listing = lists.as_listing(services, arguments.what, rows)
    pages = render("DAFTAR", [listing], output(arguments.pdf))
    text = _("{n} baris, {pages} halaman: {path}").format(n=len(rows), pages=pages, path=arguments.pdf)
    return {**answer, "file": str(arguments.pdf), "pages": pages, "text": text}


def list_of_backups(arguments: Namespace, passphrase: str) -> Answer:
    """``list backups``: what is in each copy, the newest work first; also when the office cannot be opened."""
    paths = office_paths(arguments.home)
    found = list_backups(paths, arguments.as_user or office_users(paths)[0], passphrase)
    rows = [_backup_json(backup) for backup in found]
    lines = [f"{backup.path.name}  {describe(backup)}" for backup in found]
    return {"backups": rows, "text": "\n".join(lines or [_("Belum ada cadangan.")])}


def _backup_json(backup: Backup) -> dict[str, Any]:
    inside = backup.content
    return {
        "file": str(backup.path),
        "readable": inside is not None,
        "employees": inside.employees if inside else None,
        "evaluations": inside.evaluations if inside else None,
        "operation": inside.operation if inside else None,
        "last_change": inside.last_at.isoformat() if inside and inside.last_at else None,
        "file_date": backup.made_at.isoformat(timespec="seconds"),
        "epoch": inside.epoch if inside else None,
        "own": backup.ours,
        "reason": backup.reason or None,
        "size": backup.size,
    }


def back_up(services: Services, arguments: Namespace) -> Answer:
    if arguments.out is None:
        path = services.safety.back_up().path
    else:
        path = services.safety.back_up_to(output(arguments.out))
    return {"file": str(path), "text": _("Cadangan tersimpan dan sudah diperiksa: {path}").format(path=path)}


def new_recovery_code(services: Services, arguments: Namespace) -> Answer:
    """``recovery-code``: a new one, shown once; the old one opens nothing any more."""
    code = services.accounts.new_recovery_code(arguments.passphrase)
    text = _(
        "Kode pemulihan baru: {code}\n"
        "Kode lama tidak berlaku lagi. Tulis kode ini di kertas dan simpan terpisah dari komputer."
    )
    return {"recovery_code": code, "text": text.format(code=code)}


def check(services: Services, _arguments: Namespace) -> Answer:
    """``check``: exit code 3 when anything is not sound."""
    report = services.safety.check()
    chain = report.chain
    answer = {
        "sound": report.sound,
        "structure": report.structure,
        "broken_references": report.broken_references,
        "operations": chain.operations,
        "changes": chain.changes,
        "broken_at": chain.broken_at,
        "reason": chain.reason,
        "exit_code": 0 if report.sound else 3,
    }
    if report.sound:
        text = _("Data utuh: {operations} operasi, {changes} perubahan, rantai riwayat cocok.").format(
            operations=chain.operations, changes=chain.changes
        )
    else:
        text = _(
            "Data tidak utuh. Struktur: {structure}; rujukan putus: {refs}; rantai riwayat: {reason} "
            "(operasi {at}).\n"
            "Jangan isi data dahulu; pulihkan dari cadangan yang sehat."
        ).format(
            structure=report.structure,
            refs=report.broken_references,
            reason=chain.reason or "-",
            at=chain.broken_at or "-",
        )
    return {**answer, "text": text}


def restore(arguments: Namespace) -> Answer:
    """``restore``: what is there now is kept beside it; where there is nothing yet, the office moves in."""
    paths = office_paths(arguments.home)
    source = arguments.file if arguments.file.exists() else paths.backups / arguments.file.name
    if not source.exists():
        raise InputError(
            _("Cadangan {name} tidak ditemukan.").format(name=arguments.file),
            _("Sebut nama berkas di folder cadangan, atau jalurnya yang lengkap."),
            code="ASN-1109",
        )
    if not paths.exists:
        close_office(move_in(paths, source, arguments.passphrase))
        text = _("Data kantor dari {name} siap di {home}. Jangan pakai lagi data di komputer lama.")
        return {"restored": str(source), "kept": None, "text": text.format(name=source.name, home=paths.home)}
    user = arguments.as_user or office_users(paths)[0]
    kept = restore_backup(paths, user, arguments.passphrase, source)
    text = _("Data dipulihkan dari {name}. Berkas sebelumnya disimpan: {kept}").format(
        name=source.name, kept=kept.name if kept else "-"
    )
    return {"restored": str(source), "kept": str(kept) if kept else None, "text": text}


def demo(arguments: Namespace) -> Answer:
    """``demo --no-window``: makes the sample office, plays the main job beside it, names the files it made."""
    from asn_desktop.sample.journey import play
    from asn_desktop.sample.office import open_sample_office
    from asn_desktop.sample.place import sample_paths

    services = open_sample_office(sample_paths(arguments.home), arguments.passphrase)
    paths = services.paths
    close_office(services)
    files = play(paths, arguments.passphrase)
    lines = [
        _("Kantor contoh (data rekaan): {home}").format(home=paths.home),
        _("Pekerjaan utama telah dijalankan pada kantor kedua di dalamnya. Berkas yang dibuat:"),
        *(f"  {label}: {path}" for label, path in files),
    ]
    return {"home": str(paths.home), "files": [str(path) for _label, path in files], "text": "\n".join(lines)}


def output(path: Path, source: Path | None = None) -> Path:
    """Where to write, looked at before the work begins. Raises :class:`OutputRefused`."""
    refuse_output(path, source)
    return path


def required_period(arguments: Namespace) -> str:
    if not arguments.period:
        raise WrongUse(_("Periode belum disebut."), _("Tambahkan --period, misalnya --period 2026-TW3."))
    return str(arguments.period)
