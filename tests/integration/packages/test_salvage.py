"""A package whose seal is broken: refused whole, and what can be read of it proposed to a person, value by value."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from asn_desktop.cli.arguments import build_parser
from asn_desktop.cli.inbox import receive_many
from asn_desktop.cli.packages import receive
from asn_desktop.core.errors import AppError, InputError
from asn_desktop.core.periods import Period
from asn_desktop.exchange.package.package_plan import PackagePlan
from asn_desktop.exchange.plan import Fate
from asn_desktop.personnel.model import Employee
from tests.integration.packages.offices import Site
from tests.integration.packages.test_two_offices import PERSON, introduce

Edit = Callable[[Any], None]


def broken(site: Site, target: Path, edit: Edit, to: str | None = None) -> Path:
    """A package of ``site`` that somebody opened and changed."""
    site.services.packages.send(target, to)
    book = openpyxl.load_workbook(target)
    edit(book)
    book.save(target)
    return target


def cell(sheet: Any, key: str, row: int = 3) -> Any:
    """The cell of a machine key."""
    return next(one for one in sheet[row] if sheet.cell(2, one.column).value == key)


def type_in(key: str, value: object, row: int = 3) -> Edit:
    def edit(book: Any) -> None:
        cell(book["pegawai"], key, row).value = value

    return edit


def salvage(site: Site, path: Path) -> PackagePlan:
    plan: PackagePlan = site.services.packages.salvage(path)
    assert sum(plan.counts[fate.value] for fate in Fate) == plan.counts["rows_read"]
    return plan


def test_isian_yang_dibetulkan_orang_menjadi_usulan(kabupaten: Site, province: Site, tmp_path: Path) -> None:
    rid = kabupaten.add_person("Fatimah", PERSON, phone="0811")
    introduce(kabupaten, province)
    kabupaten.edit(Employee, rid, email="f@contoh.go.id")
    path = broken(kabupaten, tmp_path / "paket.xlsx", type_in("phone", "0899"))
    with pytest.raises(AppError) as refused:
        province.services.packages.examine(path)
    assert refused.value.code == "ASN-1357"

    head = province.head()
    plan = salvage(province, path)
    assert province.head() == head, "looking writes nothing"
    (record,) = (one for one in plan.records if one.fate is Fate.CONFLICT)
    assert {(one.field, one.local, one.incoming) for one in record.conflicts} == {
        ("phone", "0811", "0899"), ("email", None, "f@contoh.go.id"),
    }  # fmt: skip

    province.services.packages.apply(plan)
    assert province.value(Employee, rid, "phone") == "0811", "nothing automatic"
    rows = {row.field: row for row in province.services.packages.conflicts()}
    assert rows["phone"].incoming_by == "berkas paket.xlsx"
    province.services.packages.decide([(rows["phone"].id, "incoming"), (rows["email"].id, "local")])
    assert province.value(Employee, rid, "phone") == "0899"
    assert province.value(Employee, rid, "email") is None
    assert province.services.packages.conflicts() == []
    assert province.sound()


def test_paket_utuh_tetap_dapat_diterima_dan_menjawab_usulan(kabupaten: Site, province: Site, tmp_path: Path) -> None:
    rid = kabupaten.add_person("Fatimah", PERSON, phone="0811")
    introduce(kabupaten, province)
    kabupaten.edit(Employee, rid, phone="0822")
    sound, path = tmp_path / "asli.xlsx", tmp_path / "paket.xlsx"
    kabupaten.services.packages.send(sound)
    book = openpyxl.load_workbook(sound)
    cell(book["pegawai"], "email").value = "lain@contoh.go.id"
    book.save(path)
    before = province.services.packages.ledger()
    province.services.packages.apply(salvage(province, path))
    assert province.services.packages.ledger() == before, "the broken copy counts as not received"
    assert len(province.services.packages.conflicts()) == 2

    plan = province.services.packages.examine(sound)
    assert plan.counts["changed"] == 1
    province.services.packages.apply(plan, backup=False)
    assert province.value(Employee, rid, "phone") == "0822"
    assert [row.field for row in province.services.packages.conflicts()] == ["email"], "only the typed one is left"


def test_usulan_tidak_diceritakan_kepada_kantor_lain(kabupaten: Site, province: Site, tmp_path: Path) -> None:
    rid = kabupaten.add_person("Fatimah", PERSON, phone="0811")
    introduce(kabupaten, province)
    kabupaten.edit(Employee, rid, email="f@contoh.go.id")
    path = broken(kabupaten, tmp_path / "paket.xlsx", type_in("phone", "0899"))
    province.services.packages.apply(salvage(province, path))
    content, _digest = province.send("11.12")
    assert list(content.conflicts) == []
    (phone,) = [row for row in province.services.packages.conflicts() if row.field == "phone"]
    province.services.packages.decide([(phone.id, "local")])
    sent = {row.entity for row in province.send("11.12")[0].rows}
    assert "employee" not in sent, "keeping our own value is no news"


def test_setiap_baris_mendapat_satu_nasib(kabupaten: Site, province: Site, tmp_path: Path) -> None:
    gone = kabupaten.add_person("Pergi", "197003152000031001")
    people = [kabupaten.add_person(f"Orang {number}", f"19850315201001{1100 + number}") for number in range(5)]
    introduce(kabupaten, province)
    for rid in people:
        kabupaten.edit(Employee, rid, phone="0822")
    kabupaten.remove(Employee, gone)
    kabupaten.add_person("Baru", "199001012015031002")

    def edit(book: Any) -> None:
        sheet = book["pegawai"]
        rows = {sheet.cell(row, 2).value: row for row in range(3, sheet.max_row + 1)}
        cell(sheet, "phone", rows["Orang 0"]).value = "=1+1"
        cell(sheet, "nip", rows["Orang 1"]).value = 198503152010011102
        cell(sheet, "employment_kind", rows["Orang 2"]).value = "HONOR?"
        cell(sheet, "unit_id", rows["Orang 3"]).value = "6f0c8f4a-0000-4000-8000-000000000000"

    path = broken(kabupaten, tmp_path / "paket.xlsx", edit)
    plan = salvage(province, path)
    fates = [(record.fate, record.code) for record in plan.records if record.entity == "employee"]
    assert sorted(fates) == sorted([
        (Fate.REJECTED, "unread"), (Fate.REJECTED, "unread"), (Fate.REJECTED, "unknown_value"),
        (Fate.REJECTED, "missing_reference"), (Fate.CONFLICT, ""), (Fate.REJECTED, "unknown_record"),
        (Fate.IGNORED, "only_sealed"),
    ])  # fmt: skip
    unread = [record.message for record in plan.records if record.code == "unread"]
    assert any("rumus" in text for text in unread)
    assert all("Sel " in text for text in unread)
    province.services.packages.apply(plan)
    assert province.get(Employee, gone) is not None
    assert len(province.services.packages.conflicts()) == 1


def test_kolom_yang_dihapus_tidak_mengosongkan_apa_pun(kabupaten: Site, province: Site, tmp_path: Path) -> None:
    rid = kabupaten.add_person("Fatimah", PERSON, phone="0811", rank="III/c")
    introduce(kabupaten, province)
    kabupaten.edit(Employee, rid, rank="III/d")

    def edit(book: Any) -> None:
        book["pegawai"].delete_cols(cell(book["pegawai"], "phone").column)

    path = broken(kabupaten, tmp_path / "paket.xlsx", edit)
    plan = salvage(province, path)
    assert [(draft.field, draft.incoming) for draft in plan.writes.conflicts] == [("rank", "III/d")]
    assert any("NO HP hilang" in note for note in plan.read.notes)
    province.edit(Employee, rid, rank="III/d")
    (record,) = salvage(province, path).records
    assert (record.fate, "Sel kosong" in record.message) == (Fate.SAME, True)


def test_baris_yang_hilang_dan_lembar_tanpa_judul_program(kabupaten: Site, province: Site, tmp_path: Path) -> None:
    people = [kabupaten.add_person(f"Orang {number}", f"19850315201001{1100 + number}") for number in range(3)]
    introduce(kabupaten, province)
    for rid in people:
        kabupaten.edit(Employee, rid, phone="0822")

    def edit(book: Any) -> None:
        book["pegawai"].delete_rows(3)
        for one in book["pegawai"][2]:
            one.value = None

    plan = salvage(province, broken(kabupaten, tmp_path / "paket.xlsx", edit))
    assert [(record.fate, record.code) for record in plan.records] == [(Fate.REJECTED, "unread")] * 2
    assert any("3 baris" in note for note in plan.read.notes), plan.read.notes


def test_triwulan_tertutup_tidak_dapat_diusulkan(kabupaten: Site, province: Site, tmp_path: Path) -> None:
    kabupaten.add_person("Fatimah", PERSON)
    period = Period(2026, 1)
    kabupaten.services.appraisal.open_period(period)
    introduce(kabupaten, province)

    def edit(book: Any) -> None:
        cell(book["penilaian"], "position").value = "Kepala Segalanya"

    from asn_desktop.appraisal.model import AppraisalPeriod, Evaluation

    (evaluation,) = kabupaten.services.appraisal.list_evaluations(period.code)
    with province.services.database.write("test", "Ubah") as uow:
        number = next(iter(uow.connection.exec_driver_sql("SELECT id FROM evaluation")))[0]
        uow.update(Evaluation, number, {"notes": "dari provinsi"})
    path = broken(province, tmp_path / "paket.xlsx", edit, "11.12")
    with kabupaten.services.database.write("test", "Tutup") as uow:
        number = next(iter(uow.connection.exec_driver_sql("SELECT id FROM appraisal_period")))[0]
        uow.update(AppraisalPeriod, number, {"state": "closed"})
    plan = salvage(kabupaten, path)
    assert [(one.fate, one.code) for one in plan.records if one.entity == "evaluation"] == [
        (Fate.REJECTED, "period_closed")
    ]
    assert evaluation.id > 0


def test_berkas_yang_sama_dua_kali_tidak_menambah_pertanyaan(kabupaten: Site, province: Site, tmp_path: Path) -> None:
    rid = kabupaten.add_person("Fatimah", PERSON, phone="0811")
    introduce(kabupaten, province)
    kabupaten.edit(Employee, rid, email="f@contoh.go.id")
    path = broken(kabupaten, tmp_path / "paket.xlsx", type_in("phone", "0899"))
    province.services.packages.apply(salvage(province, path))
    head = province.head()
    assert province.services.packages.apply(salvage(province, path)).change_set is None
    assert province.head() == head
    assert len(province.services.packages.conflicts()) == 2
    province.undo()
    assert province.services.packages.conflicts() == []


def test_yang_sudah_diperdebatkan_tidak_ditanyakan_dua_kali(kabupaten: Site, province: Site, tmp_path: Path) -> None:
    rid = kabupaten.add_person("Fatimah", PERSON, phone="1")
    introduce(kabupaten, province)
    province.edit(Employee, rid, phone="2")
    kabupaten.receive(province.send("11.12"))
    path = broken(province, tmp_path / "paket.xlsx", type_in("email", "lain@contoh.go.id"), "11.12")
    plan = salvage(kabupaten, path)
    assert [draft.field for draft in plan.writes.conflicts] == ["email"]
    kabupaten.services.packages.apply(plan)
    assert sorted((row.field, row.rule == "salvage") for row in kabupaten.services.packages.conflicts()) == [
        ("email", True), ("phone", False),
    ]  # fmt: skip


def test_paket_sendiri_yang_dibetulkan_boleh_diusulkan(kabupaten: Site, tmp_path: Path) -> None:
    rid = kabupaten.add_person("Fatimah", PERSON, phone="0811")
    path = broken(kabupaten, tmp_path / "paket.xlsx", type_in("phone", "0899"))
    plan = salvage(kabupaten, path)
    assert [(one.field, one.incoming) for one in plan.writes.conflicts] == [("phone", "0899")]
    assert kabupaten.value(Employee, rid, "phone") == "0811"


def test_paket_utuh_atau_untuk_kantor_lain_tidak_diselamatkan(
    kabupaten: Site, province: Site, site: Callable[[str], Site], tmp_path: Path
) -> None:
    kabupaten.add_person("Fatimah", PERSON)
    introduce(kabupaten, province)
    kabupaten.services.packages.send(tmp_path / "utuh.xlsx")
    with pytest.raises(InputError) as sound:
        province.services.packages.salvage(tmp_path / "utuh.xlsx")
    assert sound.value.code == "ASN-1249"
    kabupaten.add_person("Baru", "199001012015031002")
    path = broken(kabupaten, tmp_path / "paket.xlsx", type_in("phone", "0899"))
    with pytest.raises(InputError) as foreign:
        site("11.13").services.packages.salvage(path)
    assert foreign.value.code == "ASN-1241"


def test_lewat_baris_perintah(kabupaten: Site, province: Site, tmp_path: Path) -> None:
    rid = kabupaten.add_person("Fatimah", PERSON, phone="0811")
    introduce(kabupaten, province)
    kabupaten.edit(Employee, rid, email="f@contoh.go.id")
    kabupaten.add_person("Baru", "199001012015031002")
    path = str(broken(kabupaten, tmp_path / "paket.xlsx", type_in("phone", "0899")))
    looked = receive(province.services, build_parser().parse_args(["receive", path, "--salvage", "--dry-run"]))
    assert (looked["applied"], looked["proposed"], looked["conflict"], looked["rejected"]) == (False, 2, 1, 1)
    assert province.services.packages.conflicts() == []
    done = receive(province.services, build_parser().parse_args(["receive", path, "--salvage"]))
    assert done["applied"]
    assert done["package"]["seal"] == "broken"
    assert "2 isian" in done["text"]
    assert len(province.services.packages.conflicts()) == 2


def test_kotak_masuk_menyebut_temuan_tiap_baris(kabupaten: Site, province: Site, tmp_path: Path) -> None:
    rid = kabupaten.add_person("Fatimah", PERSON, phone="1")
    introduce(kabupaten, province)
    province.edit(Employee, rid, phone="2")
    province.services.packages.send(tmp_path / "paket.xlsx", "11.12")
    answer = receive_many(
        kabupaten.services, build_parser().parse_args(["inbox", str(tmp_path / "paket.xlsx"), "--dry-run"])
    )
    (issue,) = answer["files"][0]["issues"]
    assert (issue["severity"], issue["value"], issue["cell"]) == ("decision", rid, "A3")
    assert "NO HP" in issue["message"]


def visible(sheet: Any) -> list[int]:
    return [at for at in range(1, sheet.max_column + 1) if not hidden(sheet, at)]


def hidden(sheet: Any, at: int) -> bool:
    """openpyxl groups neighbours of one format under the first of them."""
    return any(one.hidden and one.min <= at <= one.max for one in sheet.column_dimensions.values())


def turn(sheet: Any) -> None:
    """The visible cells of each row go one row down, those of the last to the first: the IDs stay."""
    rows = range(3, sheet.max_row + 1)
    for at in visible(sheet):
        cells = [sheet.cell(row, at).value for row in rows]
        for row, value in zip(rows, (cells[-1], *cells[:-1]), strict=True):
            sheet.cell(row, at).value = value


@pytest.mark.parametrize("names", [("Fatimah", "Delima", "Zulkifli"), ("Siti Aminah", "Siti Aminah", "Siti Aminah")])
def test_baris_pegawai_yang_bergeser_tidak_diusulkan_kepada_orang_lain(
    kabupaten: Site, province: Site, tmp_path: Path, names: tuple[str, ...]
) -> None:
    people = [kabupaten.add_person(name, f"19850315201001{1100 + at}") for at, name in enumerate(names)]
    introduce(kabupaten, province)
    for at, rid in enumerate(people):
        kabupaten.edit(Employee, rid, phone=f"081{at}")
    plan = salvage(province, broken(kabupaten, tmp_path / "paket.xlsx", lambda book: turn(book["pegawai"])))
    assert [(one.fate, one.code) for one in plan.records] == [(Fate.REJECTED, "other_owner")] * 3
    assert not plan.writes.conflicts


@pytest.mark.parametrize("names", [("Fatimah", "Delima", "Zulkifli"), ("Siti Aminah", "Siti Aminah", "Siti Aminah")])
def test_penilaian_yang_bergeser_tidak_diusulkan_kepada_orang_lain(
    kabupaten: Site, province: Site, tmp_path: Path, names: tuple[str, ...]
) -> None:
    from asn_desktop.appraisal.model import Evaluation

    for at, name in enumerate(names):
        kabupaten.add_person(name, f"19850315201001{1100 + at}")
    kabupaten.services.appraisal.open_period(Period(2026, 1))
    introduce(kabupaten, province)
    with kabupaten.services.database.write("test", "Ubah") as uow:
        for (number,) in uow.connection.exec_driver_sql("SELECT id FROM evaluation").fetchall():
            uow.update(Evaluation, number, {"notes": f"catatan {number}"})
    plan = salvage(province, broken(kabupaten, tmp_path / "paket.xlsx", lambda book: turn(book["penilaian"])))
    fates = [(one.fate, one.code) for one in plan.records if one.entity == "evaluation"]
    assert fates == [(Fate.REJECTED, "other_owner")] * 3
    assert not plan.writes.conflicts
