"""The seal of a package: what breaks it, what does not, and who signed."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from asn_desktop.core.errors import WorkbookError
from asn_desktop.exchange.package import package_reader
from asn_desktop.exchange.package.content import PackageContent, ReadPackage, Seal
from asn_desktop.exchange.package.package_reader import read_package
from asn_desktop.exchange.package.package_writer import write_package
from asn_desktop.exchange.package.protocol import READS, SCHEMA
from asn_desktop.exchange.package.signing import OfficeKey

from .packages import HEAD, comparable, record, small

KEY = OfficeKey(b"k" * 32)
CELL = re.compile(r'<c r="([A-Z]+)(\d+)"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
Edit = Callable[[str], str]


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    write_package(tmp_path / "paket.xlsx", small())
    return tmp_path / "paket.xlsx"


def parts(path: Path) -> dict[str, str]:
    """Sheet name → its part in the archive."""
    with zipfile.ZipFile(path) as archive:
        names = re.findall(r'<sheet name="([^"]+)"', archive.read("xl/workbook.xml").decode())
    return {name: f"xl/worksheets/sheet{number}.xml" for number, name in enumerate(names, start=1)}


def edited(path: Path, part: str, edit: Edit, target: str = "diubah.xlsx") -> Path:
    """A copy with one part rewritten; fails when the edit changed nothing."""
    copy = path.with_name(target)
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as out:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == part:
                changed = edit(data.decode())
                assert changed != data.decode()
                data = changed.encode()
            out.writestr(entry.filename, data)
    return copy


def read_edited(path: Path, sheet: str, edit: Edit) -> ReadPackage:
    return read_package(edited(path, parts(path)[sheet], edit))


def cells(path: Path, sheet: str) -> list[re.Match[str]]:
    with zipfile.ZipFile(path) as archive:
        text = archive.read(parts(path)[sheet]).decode()
    return [match for match in CELL.finditer(text) if int(match[2]) > 2]


def other_value(cell: str) -> str:
    """The cell with another value of the same type."""
    if "<v>" in cell:
        return re.sub(r"<v>(-?\d+)</v>", lambda match: f"<v>{int(match[1]) + 1}</v>", cell)
    if ">Ya<" in cell or ">Tidak<" in cell:
        return cell.replace(">Ya<", ">TMP<").replace(">Tidak<", ">Ya<").replace(">TMP<", ">Tidak<")
    return re.sub(r"(<t[^>]*>)(.*?)</t>", r"\1x\2</t>", cell, flags=re.DOTALL)


SHEETS = ("unit", "pegawai", "skp", "rhk", "_hapus", "_konflik", "_tolak", "_tanda_terima", "_periode")


@pytest.mark.parametrize("sheet", SHEETS)
def test_another_value_in_any_column_breaks_the_seal(sealed: Path, sheet: str) -> None:
    """Of every column one cell, hidden ones and the labels for people included."""
    seen = set()
    for match in cells(sealed, sheet):
        if match[1] in seen:
            continue
        seen.add(match[1])
        read = read_edited(sealed, sheet, lambda text, m=match: text[: m.start()] + other_value(m[0]) + text[m.end() :])
        assert read.seal is Seal.BROKEN, match[0]
    assert len(seen) >= 5


@pytest.mark.parametrize("sheet", SHEETS)
def test_an_emptied_cell_breaks_the_seal(sealed: Path, sheet: str) -> None:
    match = cells(sealed, sheet)[1]
    assert read_edited(sealed, sheet, lambda text: text.replace(match[0], "")).seal is Seal.BROKEN


def test_a_number_in_the_place_of_text_is_a_problem_with_its_cell(sealed: Path) -> None:
    def as_number(text: str) -> str:
        return re.sub(r'<c r="A3"[^>]*>.*?</c>', '<c r="A3"><v>198501152010011023</v></c>', text, count=1)

    read = read_edited(sealed, "pegawai", as_number)
    assert read.seal is Seal.BROKEN
    (problem,) = read.problems
    assert (problem.place.sheet, problem.place.row, problem.cell) == ("pegawai", 3, "A3")
    assert "98501152010011" in problem.value
    assert "teks" in problem.reason
    assert [row.rid for row in read.content.rows if row.entity == "employee"] == ["p2"], "the other rows are salvaged"


def test_a_formula_is_a_problem_even_with_the_right_result(sealed: Path) -> None:
    def as_formula(text: str) -> str:
        return re.sub(r'(<c r="B3")([^>]*) t="inlineStr"><is><t>(.*?)</t></is></c>',
                      r'\1\2 t="str"><f>"Ani "&amp;"Contoh"</f><v>\3</v></c>', text, count=1)  # fmt: skip

    read = read_edited(sealed, "pegawai", as_formula)
    assert read.seal is Seal.BROKEN
    assert [(problem.cell, "rumus" in problem.reason) for problem in read.problems] == [("B3", True)]


def rows_of(text: str) -> list[str]:
    return re.findall(r"<row .*?</row>", text, flags=re.DOTALL)


def swapped(text: str, column: str) -> str:
    """The values of one column in rows 3 and 4 change places."""
    one, other = (re.search(rf'<c r="{column}{row}"[^>]*>(.*?)</c>', text, re.DOTALL) for row in (3, 4))
    assert one is not None
    assert other is not None
    return text[: one.start(1)] + other[1] + text[one.end(1) : other.start(1)] + one[1] + text[other.end(1) :]


def test_values_that_change_places_between_records_break_the_seal(sealed: Path) -> None:
    assert read_edited(sealed, "pegawai", lambda text: swapped(text, "B")).seal is Seal.BROKEN


def test_rows_in_another_order_do_not(sealed: Path) -> None:
    def turned(text: str) -> str:
        third, fourth = rows_of(text)[2:4]
        renumbered = [
            re.sub(r'r="([A-Z]*)\d+"', rf'r="\g<1>{number}"', row) for number, row in ((3, fourth), (4, third))
        ]
        return text.replace(third + fourth, "".join(renumbered))

    read = read_edited(sealed, "pegawai", turned)
    assert read.seal is Seal.INTACT
    assert [row.rid for row in read.content.rows if row.entity == "employee"] == ["p2", "p1"]


def test_a_row_taken_away_shows_in_the_counts(sealed: Path) -> None:
    read = read_edited(sealed, "pegawai", lambda text: text.replace(rows_of(text)[3], ""))
    assert read.seal is Seal.BROKEN
    assert any("menurut pengirim 2 baris, terbaca 1" in note for note in read.notes)


def test_a_row_that_stands_twice_is_told(sealed: Path) -> None:
    def doubled(text: str) -> str:
        row = rows_of(text)[3]
        return text.replace(row, row + re.sub(r'r="([A-Z]*)4"', r'r="\g<1>5"', row))

    read = read_edited(sealed, "pegawai", doubled)
    assert read.seal is Seal.BROKEN
    assert "sudah ada" in read.problems[0].reason


def test_a_column_beside_the_table_is_told_and_changes_nothing(sealed: Path) -> None:
    def remark(text: str) -> str:
        return text.replace("</row>", '<c r="BZ3" t="inlineStr"><is><t>catatan</t></is></c></row>', 3).replace(
            '<c r="BZ3"', '<c r="BZ1"', 1
        ).replace('<c r="BZ3"', '<c r="BZ2"', 1)  # fmt: skip

    read = read_edited(sealed, "pegawai", remark)
    assert read.seal is Seal.INTACT
    assert any("BZ" in note and "diabaikan" in note for note in read.notes)


@pytest.mark.parametrize("key", ["office", "to", "seq", "since_rev", "merged", "rows", "made_by", "sample"])
def test_another_head_breaks_the_seal(tmp_path: Path, key: str) -> None:
    """Changed in the sheet, with the properties removed."""
    write_package(tmp_path / "paket.xlsx", small())
    path = without_properties(tmp_path / "paket.xlsx")

    def change(text: str) -> str:
        row = next(row for row in rows_of(text) if f"<t>{key}</t>" in row)
        new = row.replace("380", "379").replace("412", "413").replace("17<", "18<").replace("<t>1</t>", "<t>0</t>")
        new = new.replace("<t>11", "<t>12").replace("Siti", "Sari").replace('"unit": 1', '"unit": 2')
        return text.replace(row, new.replace("&quot;unit&quot;: 1", "&quot;unit&quot;: 2"))

    assert read_edited(path, "_meta", change).seal is Seal.BROKEN


def without_properties(path: Path) -> Path:
    def nothing(text: str) -> str:
        return re.sub(r"<property .*</property>", "", text)

    return edited(path, "docProps/custom.xml", nothing, "tanpa_properti.xlsx")


def without_meta(path: Path) -> Path:
    return edited(path, parts(path)["_meta"], lambda text: re.sub("<row .*</row>", "", text, flags=re.DOTALL), "t.xlsx")


@pytest.mark.parametrize("lose", [without_properties, without_meta])
def test_either_copy_of_the_head_is_enough(sealed: Path, lose: Callable[[Path], Path]) -> None:
    read = read_package(lose(sealed))
    assert read.seal is Seal.INTACT
    assert comparable(read.content) == small()
    assert any("salinannya dipakai" in note for note in read.notes)


def test_without_both_copies_it_is_no_package(sealed: Path) -> None:
    with pytest.raises(WorkbookError) as caught:
        read_package(without_properties(without_meta(sealed)))
    assert caught.value.code == "ASN-1352"


def test_of_two_different_heads_the_sealed_one_counts(sealed: Path) -> None:
    read = read_edited(sealed, "_meta", lambda text: text.replace("<t>17</t>", "<t>18</t>"))
    assert read.seal is Seal.INTACT
    assert read.content.head.seq == 17


def test_a_newer_schema_is_refused_with_what_to_do(sealed: Path) -> None:
    newer = without_properties(sealed)
    must = re.compile(rf"(<t>reads</t>.*?<t>){READS}(</t>)", re.DOTALL)
    with pytest.raises(WorkbookError, match="lebih baru") as caught:
        read_edited(newer, "_meta", lambda text: must.sub(r"\g<1>99\2", text))
    assert caught.value.code == "ASN-1350"


def test_a_newer_schema_that_does_not_say_who_may_read_it_is_refused(sealed: Path) -> None:
    schema = re.compile(rf"(<t>schema</t>.*?<t>){SCHEMA}(</t>)", re.DOTALL)
    with pytest.raises(WorkbookError, match="lebih baru") as caught:
        read_edited(
            without_properties(sealed), "_meta",
            lambda text: schema.sub(r"\g<1>99\2", text.replace("<t>reads</t>", "<t>lain</t>")),
        )  # fmt: skip
    assert caught.value.code == "ASN-1350"


def signed(path: Path, key: OfficeKey | None) -> Path:
    write_package(path / "paket.xlsx", small(), signer=key)
    return path / "paket.xlsx"


@pytest.mark.parametrize(
    "signer, known, seal",
    [
        (None, None, Seal.INTACT),
        (KEY, None, Seal.INTACT),
        (KEY, KEY, Seal.SIGNED),
        (OfficeKey(b"x" * 32), KEY, Seal.FORGED),
        (None, KEY, Seal.FORGED),
    ],
    ids=["unsigned", "key not known here", "known key", "another key", "signature taken off"],
)
def test_who_signed(tmp_path: Path, signer: OfficeKey | None, known: OfficeKey | None, seal: Seal) -> None:
    asked = []

    def known_key(office: str) -> str | None:
        asked.append(office)
        return known.key if known else None

    read = read_package(signed(tmp_path, signer), known_key=known_key)
    assert read.seal is seal
    assert asked == ["11.12"]
    assert read.key == (signer.key if signer else "")


def test_a_signature_of_another_package_is_forged(tmp_path: Path) -> None:
    """An edited package with a digest computed anew: only the key holder could sign that."""
    path = without_properties(signed(tmp_path, KEY))
    content = small()
    other = replace(content, head=replace(HEAD, seq=18))
    (tmp_path / "lain").mkdir()
    foreign = tmp_path / "lain" / "paket.xlsx"
    digest = write_package(foreign, other, signer=KEY)
    signature = re.search(
        "<t>sig</t>.*?<t>([0-9a-f]{128})</t>", zipfile.ZipFile(path).read(parts(path)["_meta"]).decode()
    )
    assert signature
    forged = edited(without_properties(foreign), parts(foreign)["_meta"],
                    lambda text: re.sub("<t>[0-9a-f]{128}</t>", f"<t>{signature[1]}</t>", text))  # fmt: skip
    read = read_package(forged)
    assert read.digest == read.declared_digest == digest
    assert read.seal is Seal.FORGED


def test_the_private_key_shows_nowhere(tmp_path: Path) -> None:
    path = signed(tmp_path, KEY)
    seed = KEY._seed.hex()
    assert seed not in repr(KEY)
    with zipfile.ZipFile(path) as archive:
        assert all(seed.encode() not in archive.read(name) for name in archive.namelist())


def test_a_truncated_file_is_refused(sealed: Path) -> None:
    data = sealed.read_bytes()
    for share in (0.1, 0.5, 0.9, 0.999):
        (half := sealed.with_name("setengah.xlsx")).write_bytes(data[: int(len(data) * share)])
        with pytest.raises(WorkbookError) as caught:
            read_package(half)
        assert caught.value.code == "ASN-1309"


def test_nothing_is_left_when_writing_fails(tmp_path: Path) -> None:
    wrong = replace(small(), rows=(record("unit", "u1", code="01", workdays="lima"),))
    with pytest.raises(WorkbookError) as caught:
        write_package(tmp_path / "paket.xlsx", wrong)
    assert caught.value.code == "ASN-1354"
    assert list(tmp_path.iterdir()) == []


def test_an_older_schema_is_brought_up_to_date_after_its_seal_was_checked(
    sealed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if the program were one schema further on: the old layout reads, a step makes it the new content."""

    def step(content: PackageContent) -> PackageContent:
        return replace(content, head=replace(content.head, schema=SCHEMA + 1))

    monkeypatch.setattr(package_reader, "SCHEMA", SCHEMA + 1)
    monkeypatch.setattr(package_reader, "UPGRADES", {SCHEMA: step})
    read = read_package(sealed)
    assert read.seal is Seal.INTACT
    assert read.content.head.schema == SCHEMA + 1
