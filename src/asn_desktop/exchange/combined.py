"""Two fields in one cell: name and NIP, place and date of birth, years and months of service …"""

from __future__ import annotations

import re
from datetime import date

from asn_desktop.core.identifiers import looks_like_nip
from asn_desktop.exchange.workbook import Cell

_NIP_INSIDE = re.compile(r"(?:NI\s*PPPK|NIP)?[\s.:]*('?\d[\d .\-']{15,26}\d)", re.I)
_NIP_WORD = re.compile(r"\b(?:NI\s*PPPK|NIP)\b\.?\s*:?\s*$", re.I)
_PLACE_AND_DATE = re.compile(r"^(\D*?)[\s,/;:\-]*(\d.*)$", re.S)
_YEARS_MONTHS = re.compile(
    r"^\s*(\d{1,2})\s*(?:th|thn|tahun)?\.?\s*(?:[,/\-\s]|dan)*\s*(?:(\d{1,2})\s*(?:bl|bln|bulan)?\.?)?\s*$", re.I
)
_TMT_AT_END = re.compile(r"^(.*?)[\s,/(]*(?:TMT\.?\s*:?)?\s*(\d{1,2}[-/. ]\s*[\w]+[-/. ]\s*\d{4})\s*\)?$", re.I | re.S)
_LEVEL = re.compile(
    r"^(SD|SLTP|SMP|SLTA|SMA|SMK|SMU|MA|D[\s.\-]?(?:IV|III|II|I|[1-4])|S[\s.\-]?(?:III|II|I|[1-3])|DIPLOMA\s+(?:IV|III|II|I)|"
    r"SARJANA|MAGISTER|DOKTOR|PROFESI)(?![A-Za-z0-9])[\s.,/\-–:]*(.*)$",
    re.I | re.S,
)
_WHOLE_LEVELS = re.compile(
    r"^(?:SMA/SMK|SMA/SEDERAJAT|SLTA/SMA|S-?1/SARJANA|S-?2/MAGISTER|S-?3/DOKTOR|D-?I+/\w+)", re.I
)
_ROMAN_LEVEL = {"1": "I", "2": "II", "3": "III", "4": "IV"}


def split_cell(key: str, raw: Cell) -> dict[str, Cell]:
    """Field → piece, still raw. A piece that is not there is left out."""
    if not isinstance(raw, str):
        return {_ALONE[key]: raw} if not isinstance(raw, date) else {_DATE_ALONE.get(key, _ALONE[key]): raw}
    return {field: piece for field, piece in _SPLITTERS[key](raw).items() if piece != ""}


def nip_inside(text: str) -> bool:
    """Whether a cell holds a name and a NIP as well."""
    match = _NIP_INSIDE.search(text)
    return match is not None and looks_like_nip(match[1]) and any(char.isalpha() for char in text)


def _name_nip(text: str) -> dict[str, Cell]:
    match = _NIP_INSIDE.search(text)
    if match is None:
        return {"name": text}
    name = f"{_NIP_WORD.sub('', text[: match.start()])} {text[match.end() :]}"
    return {"name": name.strip(" /\n\r\t:;-"), "nip": match[1]}


def _birth(text: str) -> dict[str, Cell]:
    match = _PLACE_AND_DATE.match(text.strip())
    if match is None:
        return {"birth_place": text.strip(" ,/")}
    return {"birth_place": match[1].strip(" ,/;:-"), "birth_date": match[2].strip()}


def _service(text: str) -> dict[str, Cell]:
    match = _YEARS_MONTHS.match(text)
    if match is None:
        return {"service_years": text}
    return {"service_years": match[1], "service_months": match[2] or ""}


def _rank_tmt(text: str) -> dict[str, Cell]:
    match = _TMT_AT_END.match(text.strip())
    if match is None:
        return {"rank": text}
    return {"rank": match[1].strip(" ,/("), "rank_tmt": match[2]}


def _education(text: str) -> dict[str, Cell]:
    bare = text.strip()
    if _WHOLE_LEVELS.fullmatch(bare):
        return {"education_level": bare}
    match = _LEVEL.match(bare)
    if match is None:
        return {"education": bare}
    level = re.sub(r"\s", "", match[1].upper()) if len(match[1]) <= 5 else match[1]
    if level[0] in "DS" and level[-1] in _ROMAN_LEVEL and len(level) <= 3:
        level = level[0] + "-" + (level[-1] if level[0] == "S" else _ROMAN_LEVEL[level[-1]])
    return {"education_level": level, "education": bare if match[2] else ""}


def _step(text: str) -> dict[str, Cell]:
    return {"rank_step": text.strip(" ./").lower()}


_SPLITTERS = {
    "@rank_step": _step,
    "@name_nip": _name_nip,
    "@birth": _birth,
    "@service": _service,
    "@rank_and_tmt": _rank_tmt,
    "@education": _education,
}
_ALONE = {
    "@rank_step": "rank_step",
    "@name_nip": "nip",
    "@birth": "birth_date",
    "@service": "service_years",
    "@rank_and_tmt": "rank",
    "@education": "education",
}
_DATE_ALONE = {"@rank_and_tmt": "rank_tmt"}
