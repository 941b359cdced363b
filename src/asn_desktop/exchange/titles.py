"""What lines of text around a table say: which office, which quarter; and lines that are no people."""

from __future__ import annotations

import re

from asn_desktop.core.columns import normalise_heading
from asn_desktop.core.indonesian import MONTHS
from asn_desktop.core.names import clean_spaces, tidy_unit_name
from asn_desktop.exchange.workbook import Cell

_LABEL = re.compile(
    r"^(?:NAMA\s+)?(?:UNIT\s*KERJA|OPD|SKPD|PD|PERANGKAT\s+DAERAH|SATUAN\s+KERJA|SATKER|UNIT\s+ORGANISASI|UNOR|"
    r"DINAS\s*/\s*BADAN|INSTANSI|UNIT)\s*[:=]\s*(.*)$",
    re.I,
)
_OPD_WORD = re.compile(
    r"^(?:DINAS|BADAN|INSPEKTORAT|KECAMATAN|DISTRIK|SATUAN\s+POLISI|SATPOL|RSUD|RUMAH\s+SAKIT|KANTOR|SEKRETARIAT\s+DAERAH|"
    r"SEKRETARIAT\s+DPR|SEKRETARIAT\s+DEWAN|SETDA|SETWAN|BKPSDM|BAPPEDA|BPBD|BPKAD|DISDUKCAPIL|DINKES|DISDIK)\b",
    re.I,
)
_UNIT_WORD = re.compile(
    r"^(?:SEKRETARIAT|BIDANG|BAGIAN|SUB\s*BAGIAN|SUBBAG|SUB\s*BIDANG|SEKSI|UPTD?|UPTB|PUSKESMAS|KELURAHAN|DESA|SDN?|SMPN?|SMAN?|"
    r"SMKN?|TKN?|PAUD|SKB|CABANG|INSTALASI|TIM\s+KERJA|KELOMPOK\s+SUBSTANSI)\b",
    re.I,
)
_NOT_A_UNIT = re.compile(
    r"\b(?:GOLONGAN|GOL\.?|ESELON|PEJABAT|JABATAN|STRUKTURAL|FUNGSIONAL|PELAKSANA|PNS|CPNS|PPPK|TENAGA|LAKI|PEREMPUAN|"
    r"PENDIDIKAN|DAFTAR|REKAPITULASI|KEADAAN|HALAMAN|CATATAN|KETERANGAN|DIPINDAHKAN)\b",
    re.I,
)
_TOTAL = re.compile(r"^\W*(?:GRAND\s+TOTAL|SUB\s*TOTAL|TOTAL|JUMLAH|JML)\b", re.I)
_SUMMARY = re.compile(
    r"^\W*(?:RATA\s*-?\s*RATA|RERATA|RATAAN|RATA2|PERSENTASE|PROSENTASE|MEDIAN|REKAP\w*|"
    r"(?:NILAI|SKOR)?\s*(?:TERTINGGI|TERENDAH|MAKSIMUM|MINIMUM|MAKSIMAL|MINIMAL))\b|"
    r"%|\bRATA\s*-?\s*RATA\b|\bPERSENTASE\b|[:=]\s*\S*\d",
    re.I,
)
_SIGNS = (
    r"(?:MENGETAHUI|MENYETUJUI|DISETUJUI|DIPERIKSA|MEMERIKSA|DIVERIFIKASI|DIBUAT\s+OLEH|YANG\s+MEMBUAT|PEMBUAT\s+DAFTAR|"
    r"DITETAPKAN|DICETAK|DISAHKAN|TTD|TANDA\s+TANGAN|HORMAT\s+KAMI|CATATAN)(?![A-Z])|"
    r"NIP\W*\d|NIP\s*[.:]\s*(?:$|[._…]{2})|"
    r"A\.?\s?N\.|AN\.|U\.\s?B\.|U\.\s?P\.|(?:KETERANGAN|SUMBER)\s*:"
)
_OFFICE_HOLDERS = (
    r"KEPALA|KADIS|KABAN|KABAG|KABID|KASI|KASUBB?AG|KASUBBID|KASEK|PLT|PLH|PJ|BUPATI|WALI\s*KOTA|GUBERNUR|SEKRETARIS|"
    r"SEKDA|CAMAT|LURAH|DIREKTUR|INSPEKTUR|ASISTEN|PEMBINA|PENATA|PENGATUR|BENDAHARA|PENGELOLA|KETUA|PEJABAT|DIBUAT|SUMBER|"
    r"PENANGGUNG\s+JAWAB|ATASAN\s+LANGSUNG"
)
_PLACE_AND_DAY = r"[A-Z][A-Za-z .]+,\s*(?:\d{1,2}|…|\.{2,}|_{2,})\s*\S*\s*\d{0,4}\s*$"
_SIGNATURE = re.compile(rf"^\W*(?:{_SIGNS})", re.I)
_FOOTER = re.compile(rf"^\W*(?:{_SIGNS}|(?:{_OFFICE_HOLDERS})(?![A-Z])|{_PLACE_AND_DAY})", re.I)
_NIP_WORD = re.compile(r"^\W*(?:NIP|NI\s*PPPK|NIPPPK|NRP)(?![A-Z])", re.I)
_QUARTER = re.compile(
    r"\b(?:TRI\s*WULAN|TW)\s*[-.:]?\s*(?:KE\s*-?\s*)?(IV|I{1,3}|[1-4]|SATU|PERTAMA|DUA|KEDUA|TIGA|KETIGA|EMPAT|KEEMPAT)\b",
    re.I,
)
_ANNUAL = re.compile(r"\b(?:TAHUNAN|AKHIR\s+TAHUN)\b", re.I)
_YEAR = re.compile(r"\b(20[2-9]\d)\b")
_QUARTER_WORDS = {
    "1": "I SATU PERTAMA",
    "2": "II DUA KEDUA",
    "3": "III TIGA KETIGA",
    "4": "IV EMPAT KEEMPAT",
}
_QUARTER_NUMBER = {word: number for number, words in _QUARTER_WORDS.items() for word in words.split()}
_MONTH = r"(?:" + "|".join(month.upper() for month in MONTHS) + r"|\d{1,2}(?=[-/.]20\d\d))"
_MONTHS = re.compile(
    rf"(?:\d{{1,2}}[-/.\s]+)?\b({_MONTH})(?:[-/.\s]*20\d\d)?\s*(?:-|–|S\s*[./]?\s*D\b\.?|SAMPAI(?:\s+DENGAN)?|HINGGA)\s*"
    rf"(?:\d{{1,2}}[-/.\s]+)?({_MONTH})\b",
    re.I,
)
_MONTH_NUMBER = {month.upper(): number for number, month in enumerate(MONTHS, 1)}
_WHOLE_PERIODS = {(1, 3): "TW1", (4, 6): "TW2", (7, 9): "TW3", (10, 12): "TW4", (1, 12): "TAHUNAN"}


def context_of(sheet_name: str, lines: list[list[Cell]]) -> dict[str, str]:
    """``opd``, ``period`` (TW1 … TAHUNAN) and ``year`` as told by the lines above the header and the tab's name.

    ``opd_said_by`` is label, title or tab.

    A labelled line ("UNIT KERJA : …") is believed before a bare name of an office, and that before the tab's name.
    """
    texts = [_line(cells) for cells in lines]
    context: dict[str, str] = {}
    labelled = _labelled(texts)
    opd = labelled or next((text for text in texts if is_opd_name(text)), "")
    if opd:
        context["opd"] = _best_spelling(opd, sheet_name)
        context["opd_said_by"] = "label" if labelled else "title"
    elif is_opd_name(sheet_name):
        context["opd"] = tidy_unit_name(sheet_name)
        context["opd_said_by"] = "tab"
    for text in (*texts, sheet_name):
        quarter, _rest = quarter_in(text)
        if quarter and "period" not in context:
            context["period"] = quarter
        elif _ANNUAL.search(text) and "period" not in context:
            context["period"] = "TAHUNAN"
        year = _YEAR.search(text)
        if year and "year" not in context and ("TAHUN" in text.upper() or quarter):
            context["year"] = year[1]
    return context


def quarter_in(text: str) -> tuple[str, str]:
    """The period a text names (``TW1`` … ``TW4``; ``TAHUNAN`` only by its months; or empty), and the text without it.

    "Triwulan III", "TW ketiga", and months that begin and end a quarter: "1 Juli s.d. 30 September"; no other months.
    """
    match = _QUARTER.search(text)
    if match is not None:
        number = match[1].upper()
        return f"TW{_QUARTER_NUMBER.get(number, number)}", f"{text[: match.start()]} {text[match.end() :]}"
    match = _MONTHS.search(text) if len(set(_YEAR.findall(text))) < 2 else None
    first, last = (_month_number(match[1]), _month_number(match[2])) if match is not None else (0, 0)
    period = _WHOLE_PERIODS.get((first, last), "")
    return (period, f"{text[: match.start()]} {text[match.end() :]}") if match is not None and period else ("", text)


def _month_number(text: str) -> int:
    return int(text) if text.isdigit() else _MONTH_NUMBER[text.upper()]


def is_opd_name(text: str) -> bool:
    """Whether the line names an office of the first level (Dinas, Badan, Kecamatan, Sekretariat Daerah …)."""
    return bool(_OPD_WORD.match(_without_number(text))) and len(text) <= 120


def is_unit_name(text: str) -> bool:
    """Whether the line names a unit below that level (Bidang, Seksi, UPTD …)."""
    return bool(_UNIT_WORD.match(_without_number(text))) and len(text) <= 120


def names_unit(text: str) -> bool:
    """Whether the line names an office or a unit of whatever level."""
    return is_opd_name(text) or is_unit_name(text)


def is_other_section(text: str) -> bool:
    """A heading inside the list that is no unit: "GOLONGAN IV", "PEJABAT STRUKTURAL"."""
    return bool(_NOT_A_UNIT.search(text))


def is_total(text: str) -> bool:
    return bool(_TOTAL.match(text))


def is_summary(text: str) -> bool:
    """A line that sums up without counting people: "Rata-rata", "Kehadiran: 97", "88%". Never the name of an office."""
    return bool(_SUMMARY.search(text))


def is_footer(text: str) -> bool:
    """Signature blocks and remarks under a list; headings inside it may read like that too ("KEPALA SEKSI")."""
    return bool(_FOOTER.match(text)) and not is_opd_name(text)


def is_signature(text: str) -> bool:
    """A line that stands in no list: "Mengetahui,", "a.n. Bupati", "NIP. 1968…", "Catatan:"."""
    return bool(_SIGNATURE.match(text)) and not is_opd_name(text)


def says_nip(text: str) -> bool:
    """A cell that writes the word before the number, as under a signature."""
    return bool(_NIP_WORD.match(text))


def _without_number(text: str) -> str:
    return re.sub(r"^\s*(?:[IVXLC]{1,6}|[A-Z]|\d{1,3})\s*[.)]\s*", "", text)


def _line(cells: list[Cell]) -> str:
    return clean_spaces(" ".join(cell for cell in cells if isinstance(cell, str) and cell.strip()))


def _labelled(texts: list[str]) -> str:
    for position, text in enumerate(texts):
        match = _LABEL.match(text)
        if match:
            value = match[1].strip(" :")
            if not value and position + 1 < len(texts):
                value = texts[position + 1]
            if value:
                return value
    return ""


def _best_spelling(name: str, sheet_name: str) -> str:
    """The tab often carries the name in proper capitals; Excel cuts it at 31 characters."""
    tidy = tidy_unit_name(name)
    tab = clean_spaces(sheet_name)
    if not tab.isupper() and normalise_heading(tidy).startswith(normalise_heading(tab)) and len(tab) > 5:
        return tab + tidy[len(tab) :]
    return tidy
