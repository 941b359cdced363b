"""What a plan and a conflict say to the person who decides: lines for lists, details for one row. Reads only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from asn_desktop.core.i18n import N_, _
from asn_desktop.core.names import search_key
from asn_desktop.exchange.package.content import RecordRow
from asn_desktop.exchange.package.desk import ConflictRow
from asn_desktop.exchange.package.later import beyond_ours
from asn_desktop.exchange.package.merge import Action, FieldOutcome
from asn_desktop.exchange.package.model import SALVAGED
from asn_desktop.exchange.package.package_plan import PackagePlan, PlannedRecord
from asn_desktop.exchange.package.protocol import entity_of
from asn_desktop.exchange.package.wording import Title, Wording, field_label, index_of, is_long
from asn_desktop.exchange.plan import Fate

_NEXT = {
    "period_closed": N_("Bila nilainya memang harus berubah, kabupaten/kota membuka triwulannya dengan alasan."),
    "not_allowed": N_("Kantor pemilik data dapat mengubahnya sendiri, atau mengubah aturan pertukarannya."),
    "foreign": N_("Tidak perlu apa-apa: kantor pemiliknya mengirim data ini sendiri."),
    "only_sealed": N_("Minta pengirim menyalin ulang paketnya tanpa diubah, lalu terima paket itu seperti biasa."),
    "removed_here": N_("Tidak perlu apa-apa: data ini sudah dihapus di sini, dan kantor pengirim akan diberi tahu."),
}
_FIX_OR_WAIT = N_(
    "Bila isiannya benar, ketik sendiri di tempatnya; atau minta pengirim menyalin ulang paketnya tanpa diubah."
)
_ASK_SENDER = N_(
    "Kantor pengirim membetulkannya; baris ini ikut lagi di setiap paket berikutnya sampai dapat diterima."
)


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field before and after. ``role``: ``new``, ``taken``, ``conflict``, ``waiting``, ``overridden``, and
    ``proposed`` by a package with a broken seal.

    For conflicts ``base`` is what both offices knew, ``before`` ours and ``after`` theirs.
    """

    label: str
    before: str
    after: str
    role: str
    base: str = ""


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One row of the package. ``id`` is its place in ``plan.records``."""

    id: int
    subject: str
    name: str
    second: str
    fate: Fate
    what: str
    together: bool


@dataclass(frozen=True, slots=True)
class RecordDetail:
    """``where``: sheet and row in the file; ``note`` and ``next_step`` say why and what to do."""

    line: RecordLine
    where: str
    by: str
    at: str
    fields: Sequence[FieldLine]
    note: str = ""
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """A difference between two offices in words. ``group`` brings together what belongs to one person or unit."""

    row: ConflictRow
    title: Title
    subject: str
    label: str
    base: str
    local: str
    incoming: str
    fields: Sequence[FieldLine] = ()
    """Of a whole record that is proposed or was removed: what is in it."""

    @property
    def id(self) -> int:
        return self.row.id

    @property
    def group(self) -> tuple[str, str]:
        return self.title.root

    @property
    def salvaged(self) -> bool:
        """Read from a package whose seal is broken: nobody stands behind it."""
        return self.row.rule == SALVAGED

    @property
    def long(self) -> bool:
        return is_long(self.local) or is_long(self.incoming)


class PlanExplainer:
    """Keeps the index of a package's rows between pages; ``wording`` is that of one reading transaction."""

    def __init__(self, plan: PackagePlan) -> None:
        self.plan = plan
        self.index = index_of(plan.read.content.rows)
        self._rows: dict[tuple[str, str], RecordRow] = {(row.entity, row.rid): row for row in plan.read.content.rows}

    def lines(self, wording: Wording, places: Sequence[int]) -> list[RecordLine]:
        return [self._line(wording, place) for place in places]

    def search_texts(self, wording: Wording) -> list[str]:
        """For each record what a search looks through: whose or what it is, and the NIP of a person."""
        texts = []
        for record in self.plan.records:
            title = wording.title(record.entity, record.rid)
            kind, rid = title.root
            nip = wording.title(kind, rid).second.replace(" ", "") if kind == "employee" else ""
            texts.append(f"{search_key(title.name)} {nip}")
        return texts

    def detail(self, wording: Wording, place: int) -> RecordDetail:
        record = self.plan.records[place]
        row = self._rows.get((record.entity, record.rid))
        where = ""
        if record.place is not None:
            where = _("Lembar {sheet}, baris {row}").format(sheet=record.place.sheet, row=record.place.row)
        if record.tombstone:
            by, at = next(
                (stone.changed_by, stone.changed_at)
                for stone in self.plan.read.content.tombstones
                if (stone.entity, stone.rid) == (record.entity, record.rid)
            )
        else:
            by, at = (row.changed_by, row.changed_at) if row is not None and not self.plan.salvage else ("", "")
        note, next_step = self._note(record)
        fields = self._fields(wording, record, row)
        return RecordDetail(self._line(wording, place), where, by, at, fields, note, next_step)

    def _line(self, wording: Wording, place: int) -> RecordLine:
        record = self.plan.records[place]
        title = (
            wording.title(record.entity, record.rid) if record.rid else Title(_("(baris tidak terbaca)"), "", ("", ""))
        )
        subject = _(entity_of(record.entity).title)
        what = self._what(wording, record)
        return RecordLine(place, subject, title.name, title.second, record.fate, what, record.together)

    def _what(self, wording: Wording, record: PlannedRecord) -> str:
        """One line: the reason, or the first field that changes."""
        if record.message:
            return record.message
        if record.tombstone:
            return {
                Fate.CHANGED: _("Dihapus oleh kantor pengirim"),
                Fate.CONFLICT: _("Dihapus pengirim, masih dipakai kantor ini"),
            }.get(record.fate, _("Sudah tidak ada di sini"))
        if record.fate is Fate.CONFLICT and not record.conflicts:
            return (
                _("Diubah pengirim, sudah dihapus kantor ini")
                if record.code == "removed_here"
                else _("Usulan data baru")
            )
        shown: Sequence[Any] = record.conflicts or record.changes
        if shown:
            first = shown[0]
            after = first.incoming if isinstance(first, FieldOutcome) else first.after
            value = wording.value(record.entity, first.field, after) or _("(dikosongkan)")
            text = f"{field_label(record.entity, first.field)}: {value}".replace("\n", " ")
            more = len(record.conflicts) + len(record.changes) - 1
            return _("{text} · dan {n} isian lain").format(text=text, n=more) if more else text
        return _("Ditambahkan") if record.fate is Fate.NEW else _("Sama dengan data di sini")

    def _fields(self, wording: Wording, record: PlannedRecord, row: RecordRow | None) -> list[FieldLine]:
        def words(field: str, value: Any) -> str:
            return wording.value(record.entity, field, value)

        lines = []
        for outcome in record.conflicts:
            role = "waiting" if outcome.action is Action.WAIT else "proposed" if self.plan.salvage else "conflict"
            lines.append(
                FieldLine(
                    field_label(record.entity, outcome.field),
                    words(outcome.field, outcome.local),
                    words(outcome.field, outcome.incoming),
                    role,
                    words(outcome.field, outcome.base),
                )
            )
        lost = {outcome.field for outcome in record.overridden}
        for change in record.changes:
            role = "overridden" if change.field in lost else "taken"
            label = field_label(record.entity, change.field)
            lines.append(FieldLine(label, words(change.field, change.before), words(change.field, change.after), role))
        if not lines and row is not None and record.fate in (Fate.NEW, Fate.CONFLICT, Fate.REJECTED):
            lines = whole_record(wording, record.entity, row.values)
        return lines

    def _note(self, record: PlannedRecord) -> tuple[str, str]:
        if record.fate in (Fate.REJECTED, Fate.IGNORED):
            return record.message, _(_NEXT.get(record.code, _FIX_OR_WAIT if self.plan.salvage else _ASK_SENDER))
        if record.code == "removed_here" and record.fate is Fate.SAME:
            return _("Data ini sudah dihapus di kantor ini."), _(_NEXT["removed_here"])
        if record.tombstone and record.fate is Fate.CHANGED:
            return _("Kantor pengirim menghapus data ini. Tidak ada perubahan kantor ini yang hilang."), ""
        if record.fate is Fate.CONFLICT:
            return self._conflict_note(record)
        if record.together:
            return _("Kedua kantor mengubah data ini, tetapi pada isian yang berbeda. Kedua perubahan dipakai."), ""
        return "", ""

    def _conflict_note(self, record: PlannedRecord) -> tuple[str, str]:
        if self.plan.salvage:
            return (
                record.message or _("Isi berkas ini berbeda dari data di sini. Asalnya tidak dapat dipastikan."),
                _("Usulkan, lalu putuskan satu per satu di “Putuskan perbedaan”. Sampai saat itu data tidak berubah."),
            )
        ours = all(outcome.action is Action.OPEN for outcome in record.conflicts)
        if record.conflicts and not ours:
            return (
                _("Kedua kantor mengubah isian yang sama, dan kantor pengirim yang memutuskan."),
                _("Sampai diputuskan, isian kantor ini tetap berlaku di sini."),
            )
        stays = _("Buka “Putuskan perbedaan” sesudah paket diterapkan. Sampai saat itu data kantor ini tidak berubah.")
        if record.tombstone:
            return _("Kantor pengirim menghapus data yang masih dipakai atau baru diubah di kantor ini."), stays
        if record.code == "removed_here":
            return _("Kantor pengirim mengubah data yang sudah dihapus di kantor ini."), stays
        if record.code == "new":
            return _("Kantor pengirim mengusulkan data baru yang menjadi wewenang kantor ini."), stays
        return _("Kedua kantor mengubah isian yang sama, atau isian ini wewenang kantor ini."), stays


def whole_record(wording: Wording, entity: str, values: Mapping[str, Any]) -> list[FieldLine]:
    """Every filled field of a record."""
    lines = []
    for field in entity_of(entity).fields:
        text = wording.value(entity, field.key, values.get(field.key), masked=True)
        if text and not field.derived:
            lines.append(FieldLine(field_label(entity, field.key), "", text, "new"))
    for key, value in beyond_ours(entity, values).items():
        if value is not None:
            lines.append(FieldLine(field_label(entity, key), "", wording.value(entity, key, value, masked=True), "new"))
    return lines


def conflict_line(wording: Wording, row: ConflictRow) -> ConflictLine:
    title = wording.title(row.entity, row.record)
    if title.root == (row.entity, row.record) and title.name.startswith("("):  # not here: only proposed or removed
        title = Title(row.title, title.second, title.root)
    fields: Sequence[FieldLine] = ()
    if isinstance(row.incoming, dict):
        fields = whole_record(wording, row.entity, row.incoming)
        base = local = incoming = ""
    else:
        base, local, incoming = (
            wording.value(row.entity, row.field, value) if row.field else ""
            for value in (row.base, row.local, row.incoming)
        )
    subject = _(entity_of(row.entity).title)
    return ConflictLine(row, title, subject, field_label(row.entity, row.field), base, local, incoming, fields)
