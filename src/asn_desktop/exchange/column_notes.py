"""What is said once for a whole column instead of at every cell: what was read otherwise than it stands there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from asn_desktop.core.i18n import N_, _
from asn_desktop.core.indonesian import format_short_date
from asn_desktop.core.issues import Issue, Location, Severity
from asn_desktop.exchange.column_cleaner import ColumnCleaner
from asn_desktop.exchange.headers import SheetLayout

_EXAMPLES = 3
_CLOCK_IS_WRONG = 3
"""From so many numbers on the fault is hardly in the list."""
_TEXTS = {
    "phone_zero": (
        N_("{label}: angka 0 di depan dikembalikan pada {n} nomor, karena Excel membuangnya."),
        N_("Tidak perlu tindakan; periksa satu dua nomor."),
        Severity.NOTE,
    ),
    "date_clock": (
        N_("{label}: sel berisi jam dari zona waktu lain; dibaca sebagai hari berikutnya."),
        N_("Bandingkan satu dua tanggal dengan dokumen aslinya sebelum menerapkan."),
        Severity.WARNING,
    ),
    "nip_year_ahead": (
        N_("Jam komputer ini menunjukkan {day}, sedangkan {n} NIP memuat tahun sesudahnya."),
        N_("Mungkin jam komputer salah. Betulkan tanggal di Windows, buka lagi program ini, lalu impor lagi."),
        Severity.WARNING,
    ),
}


def column_notes(
    layout: SheetLayout, cleaners: Mapping[str, ColumnCleaner], unread_kinds: Mapping[int, Counter[str]]
) -> list[Issue]:
    """``unread_kinds``: by column, the texts that name no kind of employment and how often each stands there."""
    notes = [note for key, cleaner in cleaners.items() for note in _changed(layout, key, cleaner)]
    for column, texts in unread_kinds.items():
        examples = "”, “".join(text[:40] for text, _count in texts.most_common(_EXAMPLES))
        text = _("Kolom “{heading}”: “{examples}” bukan jenis pegawai ({n} baris). Dipakai kolom lain atau NIP.")
        message = text.format(heading=layout.headings.get(column, ""), examples=examples, n=texts.total())
        hint = _("Bila kolom ini bukan jenis pegawai, lepaskan pada halaman Kolom.")
        place = layout.place(layout.header_rows[1] + 1, column)
        notes.append(
            Issue("employment_kind_unread", message, Severity.WARNING, hint, field="employment_kind", location=place)
        )
    return notes


def _changed(layout: SheetLayout, key: str, cleaner: ColumnCleaner) -> Iterator[Issue]:
    column = layout.column_of(key)
    row = layout.header_rows[1] + 1
    place = Location(layout.sheet, row) if column is None else layout.place(row, column)
    label = _(cleaner.column.label)
    for code, count in cleaner.changed.items():
        if code == "nip_year_ahead" and count < _CLOCK_IS_WRONG:
            continue
        text, hint, severity = _TEXTS[code]
        message = _(text).format(label=label, n=count, day=format_short_date(cleaner.today))
        yield Issue(code, message, severity, _(hint), field=key, location=place)
