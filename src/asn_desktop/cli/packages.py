"""``send``, ``receive``, ``conflicts``: packages between offices, for scripts and for the head office."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from asn_desktop.cli.arguments import WrongUse
from asn_desktop.cli.commands import issue_json
from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import format_date
from asn_desktop.exchange.package.content import PackageHead
from asn_desktop.exchange.package.desk import Choice, ConflictRow
from asn_desktop.exchange.package.findings import findings
from asn_desktop.exchange.package.package_plan import PackagePlan
from asn_desktop.services import Services

Answer = Mapping[str, Any]
_SHOWN = 20


def send(services: Services, arguments: Namespace) -> Answer:
    """``send``: everything the other office does not know yet."""
    sent = services.packages.send(arguments.out, arguments.to)
    answer = {
        **_package(sent.head),
        "file": str(arguments.out),
        "digest": sent.digest,
        "rows": sent.rows,
        "removed": sent.tombstones,
        "sheets": dict(sent.counts),
        "encrypted": False,
    }
    text = _("Paket {seq} untuk {to}: {rows} baris, {removed} penghapusan, disimpan di {path}").format(
        seq=sent.head.seq, to=sent.head.to or _("provinsi"), rows=sent.rows, removed=sent.tombstones,
        path=arguments.out,
    )  # fmt: skip
    warning = _("Paket ini tidak terenkripsi: serahkan hanya kepada kantor tujuan, dan hapus dari tempat lain.")
    return {**answer, "text": f"{text}\n{warning}"}


def receive(services: Services, arguments: Namespace) -> Answer:
    """``receive``: merges what is sound and reports the rest; an office that is not known yet is registered."""
    packages = services.packages
    plan = packages.salvage(arguments.file) if arguments.salvage else packages.examine(arguments.file)
    done = None if arguments.dry_run else packages.apply(plan)
    written = done.change_set if done else None
    head = plan.head
    answer: dict[str, Any] = {
        **plan.counts,
        "package": _package(head) | {"digest": plan.read.digest, "seal": plan.read.seal.value},
        "applied": written is not None,
        "proposed": len(plan.writes.conflicts) if plan.salvage else None,
        "already_received": plan.already or None,
        "first_contact": plan.first_contact,
        "missing_packages": plan.missing_seq,
        "later_values": plan.later_values,
        "merged_together": len(plan.together),
        "overridden": sum(len(record.overridden) for record in plan.records),
        "operation": written.operation_id if written else None,
        "backup": str(done.backup) if done and done.backup else None,
        "issues": [issue_json(issue) for issue in findings(plan)],
        "notes": list(plan.read.notes),
    }
    return {**answer, "text": "\n".join(_summary(plan, dry_run=arguments.dry_run))}


def conflicts(services: Services, arguments: Namespace) -> Answer:
    """``conflicts``: what waits for this office's decision; ``--decide ID=local|incoming`` decides."""
    choices = dict(_choice(text) for text in _once_each(arguments.decide or ()))
    if choices:
        services.packages.decide(choices.items(), arguments.reason)
    states = ("open", "waiting", "overridden", "decided", "closed") if arguments.all else ("open",)
    rows = services.packages.conflicts(*states)
    lines = [_("{n} perbedaan diputuskan.").format(n=len(choices))] if choices else []
    lines += [_line(row) for row in rows] or [_("Tidak ada perbedaan yang menunggu keputusan kantor ini.")]
    return {
        "decided": len(choices),
        "conflicts": [{name: getattr(row, name) for name in ConflictRow.__slots__} for row in rows],
        "text": "\n".join(lines),
    }


def _once_each(texts: Sequence[str]) -> Sequence[str]:
    """The same word twice is said once; two answers to one difference are none."""
    different = list(dict.fromkeys(texts))
    numbers = [text.partition("=")[0] for text in different]
    for number in numbers:
        if numbers.count(number) > 1:
            raise WrongUse(
                _("Perbedaan nomor {number} diberi dua keputusan yang berlainan.").format(number=number),
                _("Sebut setiap nomor satu kali."),
            )
    return different


def _choice(text: str) -> tuple[int, Choice]:
    number, _equals, word = text.partition("=")
    if not number.isdecimal() or word not in ("local", "incoming"):
        raise WrongUse(
            _("Keputusan “{text}” tidak dipahami.").format(text=text),
            _("Tulis nomor perbedaan dan pilihannya, misalnya --decide 12=local atau --decide 12=incoming."),
        )
    return int(number), "local" if word == "local" else "incoming"


def _package(head: PackageHead) -> dict[str, Any]:
    return {
        "package_id": head.package_id,
        "kind": head.kind.value,
        "office": head.office,
        "office_name": head.office_name,
        "to": head.to or None,
        "replica": head.replica.id,
        "epoch": head.replica.epoch,
        "seq": head.seq,
        "since_rev": head.since_rev,
        "to_rev": head.to_rev,
        "made_at": head.made_at,
    }


def _summary(plan: PackagePlan, *, dry_run: bool) -> list[str]:
    head, counts = plan.head, plan.counts
    lines = [
        _("Paket {seq} dari {office} ({code}): {rows_read} baris").format(
            seq=head.seq, office=head.office_name, code=head.office, **counts
        ),
        _(
            "baru {new}, berubah {changed}, sama {same}, "
            "perlu keputusan {conflict}, ditolak {rejected}, diabaikan {ignored}"
        ).format(**counts),
    ]
    if plan.already:
        lines.append(
            _("Paket ini sudah diterima {day}; 0 perubahan.").format(
                day=format_date(date.fromisoformat(plan.already[:10]))
            )
        )
        return lines
    if plan.salvage:
        text = _("Segel paket ini rusak. {n} isian yang berbeda diusulkan untuk diputuskan; data tidak berubah.")
        lines.append(text.format(n=len(plan.writes.conflicts)))
    if plan.first_contact:
        text = _("Kantor {office} belum dikenal dan kini dicatat sebagai kantor mitra.")
        lines.append(text.format(office=head.office))
    if plan.later_values:
        lines.append(_("{n} isian dari versi lebih baru, disimpan.").format(n=plan.later_values))
    if plan.missing_seq:
        lines.append(
            _("{n} paket sebelumnya tidak pernah sampai; isinya ikut di paket ini.").format(n=plan.missing_seq)
        )
    if plan.together:
        lines.append(_("{n} data diubah kedua kantor di kolom yang berbeda dan digabung.").format(n=len(plan.together)))
    if dry_run:
        lines.append(_("Hanya diperiksa; data tidak berubah."))
    told = findings(plan)
    lines += [f"  {issue.location.sheet}!{issue.location.cell or '-'}  {issue.message}" for issue in told[:_SHOWN]]
    if len(told) > _SHOWN:
        lines.append(_("  … dan {n} temuan lain (lihat --json).").format(n=len(told) - _SHOWN))
    return lines


def _line(row: ConflictRow) -> str:
    what = _("{title}, {field}").format(title=row.title, field=row.heading) if row.field else row.title
    return _("{id}  {entity}: {what} · di sini {local} · kiriman {office} {incoming} · {state}").format(
        id=row.id, entity=row.entity_title, what=what, local=_shown(row, row.local), office=row.office,
        incoming=_shown(row, row.incoming), state=row.state,
    )  # fmt: skip


def _shown(row: ConflictRow, value: Any) -> str:
    if row.kind == "removed_there" or (not row.field and not isinstance(value, Mapping)):
        return _("(tidak ada)") if value is None and row.kind != "removed_there" else _("(dihapus)")
    if isinstance(value, Mapping):
        return _("(data lengkap)")
    return _("(kosong)") if value is None else str(value)
