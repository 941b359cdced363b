"""Which packages may be merged at all, each refusal with its own clear answer. Nothing is written here."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, select

from asn_desktop.core.errors import ConflictError, InputError, WorkbookError
from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import format_date
from asn_desktop.exchange.package import replicas
from asn_desktop.exchange.package.causality import with_own_history
from asn_desktop.exchange.package.content import PackageHead, ReadPackage, Seal
from asn_desktop.exchange.package.model import PackageLedger, PeerOffice
from asn_desktop.exchange.package.package_plan import PackagePlan, PlannedRecord, Writes
from asn_desktop.exchange.plan import Fate
from asn_desktop.exchange.staleness import moved
from asn_desktop.reference.queries import OfficeRow
from asn_desktop.storage import change_log


def is_from_twin(connection: Connection, own: OfficeRow, read: ReadPackage) -> bool:
    """Raises for a package that must not be merged. True when another database made it under our name."""
    _refuse_broken_seal(read)
    head = read.content.head
    _refuse_own_package(connection, head)
    if head.replica.id == replicas.own_replica(connection).id:
        return True
    if head.to not in ("", own.code):
        raise _other_addressee(own, head)
    if head.office != own.code and head.role == own.role:
        raise InputError(
            _(
                "Paket ini dari {office} ({code}), bukan provinsi atau kabupaten/kota yang bertukar data "
                "dengan kantor ini."
            ).format(office=head.office_name, code=head.office),
            _("Paket hanya dipertukarkan antara kabupaten/kota dan provinsinya."),
            code="ASN-1241",
        )
    if head.office == own.code and head.role != own.role:
        raise _clashing_code(head)
    known = connection.execute(select(PeerOffice.role).where(PeerOffice.code == head.office)).scalar()
    if known is not None and known != head.role:
        raise _clashing_code(head)
    _refuse_edited_copy(connection, read)
    return False


def refuse_to_salvage(own: OfficeRow, read: ReadPackage) -> None:
    """Only a broken package is read for proposals; our own ones too, for somebody may have corrected them."""
    head = read.content.head
    if read.seal is Seal.FORGED:
        _refuse_broken_seal(read)
    if read.seal is not Seal.BROKEN:
        raise InputError(
            _("Segel paket ini utuh, jadi tidak perlu diselamatkan."),
            _("Terima paket ini seperti biasa."),
            code="ASN-1249",
        )
    if head.to not in ("", own.code) and head.office != own.code:
        raise _other_addressee(own, head)


def _other_addressee(own: OfficeRow, head: PackageHead) -> InputError:
    return InputError(
        _("Paket ini untuk kantor {to}, bukan untuk kantor ini ({own}).").format(to=head.to, own=own.code),
        _("Periksa berkasnya, atau teruskan paket ini ke kantor {to}.").format(to=head.to),
        code="ASN-1241",
    )


def _refuse_own_package(connection: Connection, head: PackageHead) -> None:
    digest = connection.scalar(
        select(PackageLedger.digest).where(
            PackageLedger.package_id == head.package_id, PackageLedger.direction == "out"
        )
    )
    if digest is not None:
        hint = _("Yang perlu diterima adalah paket balasan dari kantor tujuan.")
        if not digest:
            hint = _(
                "Pengirimannya dahulu terputus, tetapi berkas ini utuh dan boleh diserahkan ke kantor tujuan. {rest}"
            ).format(rest=hint)
        raise InputError(
            _("Paket ini buatan kantor ini sendiri (paket {seq}).").format(seq=head.seq),
            hint,
            code="ASN-1242",
        )


def twin_found() -> InputError:
    return InputError(
        _("Paket ini dibuat salinan lain dari data ini dengan nama yang sama."),
        _(
            "Data ini kini dicatat sebagai salinan baru, sehingga tidak ada perubahan yang hilang. Kirim paket baru ke "
            "kantor tujuan, dan minta pemakai salinan lain mengirim paketnya ke kantor tujuan juga."
        ),
        code="ASN-1243",
    )


def _refuse_broken_seal(read: ReadPackage) -> None:
    if read.seal is Seal.BROKEN:
        raise WorkbookError(
            _("Isi paket {file} tidak sama dengan yang disegel pengirimnya.").format(file=read.file_name),
            _(
                "Berkas terpotong, rusak, atau disunting. Minta pengirim menyalin ulang paketnya tanpa diubah. Bila "
                "seseorang memang membetulkan isinya, isian yang masih terbaca dapat diperiksa satu per satu."
            ),
            code="ASN-1357",
        )
    if read.seal is Seal.FORGED:
        raise WorkbookError(
            _("Tanda tangan paket {file} bukan milik kantor yang disebutnya.").format(file=read.file_name),
            _("Telepon kantor pengirim dan cocokkan delapan kata pengenalnya sebelum menerima paket itu."),
            code="ASN-1358",
        )


def _clashing_code(head: PackageHead) -> InputError:
    return InputError(
        _("Kode kantor {code} sudah dipakai kantor lain di sini.").format(code=head.office),
        _("Setiap kantor memerlukan kode yang berbeda; bandingkan kode di Pengaturan kedua kantor."),
        code="ASN-1241",
    )


def _refuse_edited_copy(connection: Connection, read: ReadPackage) -> None:
    query = select(PackageLedger.digest, PackageLedger.at).where(
        PackageLedger.package_id == read.content.head.package_id, PackageLedger.direction == "in"
    )
    row = connection.execute(query).first()
    if row is not None and row.digest != read.digest:
        raise InputError(
            _("Paket ini salinan yang isinya berbeda dari paket sama yang sudah diterima {day}.").format(
                day=format_date(date.fromisoformat(row.at[:10]))
            ),
            _("Minta paket baru dari pengirim bila datanya memang berubah."),
            code="ASN-1244",
        )


def merged_before(connection: Connection, read: ReadPackage) -> str | None:
    """When this very package was merged, if it was (ISO)."""
    query = select(PackageLedger.at).where(
        PackageLedger.package_id == read.content.head.package_id,
        PackageLedger.direction == "in",
        PackageLedger.digest == read.digest,
    )
    return connection.scalar(query)


def nothing_new(connection: Connection, read: ReadPackage, before: str) -> PackagePlan:
    """The plan of a package that has been merged already."""
    content = read.content
    records = [PlannedRecord(row.entity, row.rid, Fate.SAME, row.place) for row in content.rows]
    records += [PlannedRecord(row.entity, row.rid, Fate.SAME, row.place, tombstone=True) for row in content.tombstones]
    return PackagePlan(read, records, Writes(), change_log.head(connection)[0], 0, 0, already=before)


def gap(connection: Connection, head: PackageHead, plan: PackagePlan) -> InputError | None:
    """The refusal of a package that continues one which this database has never merged, for it would leave a hole; or
    that leaves out what another copy of this office has and this one has not."""
    merged = {peer.replica: peer.merged_rev for peer in replicas.peers(connection).values()}
    here = with_own_history(merged, replicas.own_line(connection)).get(head.to_replica, 0)
    left_out = bool(head.to_replica) and here < head.merged.get(head.to_replica, 0)
    if not left_out and head.since_rev <= plan.merged:
        return None
    return InputError(
        _("Paket ini melanjutkan paket yang belum pernah diterima di sini."),
        _(
            "Ini biasa sesudah data dipulihkan dari cadangan atau disalin ke komputer lain. Kirim paket dari "
            "kantor ini dahulu ke {office}, lalu minta paket baru dari kantor itu."
        ).format(office=head.office_name),
        code="ASN-1245",
    )


def refuse_stale(connection: Connection, plan: PackagePlan) -> None:
    content = plan.read.content
    concerned = {row.rid for row in content.rows} | {stone.rid for stone in content.tombstones}
    if moved(connection, plan.log_head, concerned | {conflict.rid for conflict in content.conflicts}):
        raise ConflictError(
            _("Data sudah berubah sejak pratinjau dibuat."),
            _("Periksa paket ini sekali lagi agar pratinjau dihitung kembali."),
            code="ASN-1206",
        )
