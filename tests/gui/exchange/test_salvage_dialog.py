"""A broken package in the window: refused, looked at, proposed, decided at the desk."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from asn_desktop.exchange.plan import Fate
from asn_desktop.gui.exchange.packages.receive_dialog import ReceiveDialog, Step
from asn_desktop.personnel.model import Employee
from tests.gui.exchange.conftest import Desk
from tests.gui.exchange.test_packages import acquainted, words
from tests.gui.layout import assert_nothing_clipped


def corrected(desk: Desk, rid: str, target: Path, to: str) -> Path:
    """A package in which somebody typed another telephone number, and damaged a second row."""
    desk.site.edit(Employee, rid, email="fatimah@contoh.go.id")
    desk.site.add_person("Baru Sekali", "199001012015031002")
    desk.send(target, to)
    book = openpyxl.load_workbook(target)
    sheet = book["pegawai"]
    keys = {cell.value: cell.column for cell in sheet[2]}
    row = next(row for row in range(3, sheet.max_row + 1) if sheet.cell(row, keys["_rid"]).value == rid)
    sheet.cell(row, keys["phone"]).value = "081277778888"
    sheet.cell(7 - row, keys["birth_date"]).value = "bukan tanggal"
    book.save(target)
    return target


def test_isi_paket_rusak_diusulkan_lalu_diputuskan(district: Desk, province: Desk, tmp_path: Path) -> None:
    rid = acquainted(district, province, tmp_path)
    path = corrected(district, rid, tmp_path / "dibetulkan.xlsx", "11")
    province.tab.receive([path])
    dialog: ReceiveDialog = province.dialog(ReceiveDialog)
    assert dialog.step is Step.REFUSED
    assert dialog.salvage_button.isVisible()
    assert_nothing_clipped(dialog)
    dialog.salvage_button.click()

    assert dialog.step is Step.PREVIEW
    assert {fate: dialog.plan.counts[fate.value] for fate in (Fate.CONFLICT, Fate.REJECTED)} == {
        Fate.CONFLICT: 1, Fate.REJECTED: 1,
    }  # fmt: skip
    assert "Data tidak langsung berubah" in words(dialog)
    dialog.preview._show_row()
    assert "Kantor ini: 081100001111" in words(dialog)
    assert "Di berkas: 081277778888" in words(dialog)
    assert dialog.forward.text() == "Usulkan"
    assert "2 isian diusulkan" in dialog.consequence.text()
    assert_nothing_clipped(dialog)
    dialog.preview.show_fate(Fate.REJECTED)
    dialog.preview._show_row()
    assert "(baris tidak terbaca)" in words(dialog)

    dialog.forward.click()
    assert dialog.step is Step.RESULT
    assert "Usulan ada di “Putuskan perbedaan”" in words(dialog)
    assert not dialog.receipt_button.isVisible(), "there is no receipt for a file that was not received"
    assert_nothing_clipped(dialog)
    assert province.phone(rid) == "081100001111"
    dialog.conflicts_button.click()
    page = province.tab.desk
    assert "segelnya rusak" in words(page)
    assert "Sebelumnya, di kedua kantor" not in words(page)


def test_paket_rusak_tanpa_isi_yang_dikenal_tidak_dapat_diusulkan(
    district: Desk, province: Desk, tmp_path: Path
) -> None:
    """A first package: nothing of it is here yet."""
    rid = district.site.add_person("Fatimah Siregar", "198503152010012003", phone="081100001111")
    path = corrected(district, rid, tmp_path / "pertama.xlsx", "")
    province.tab.receive([path])
    dialog: ReceiveDialog = province.dialog(ReceiveDialog)
    dialog.salvage_button.click()
    assert dialog.plan.counts["conflict"] == dialog.plan.counts["new"] == 0
    assert not dialog.forward.isEnabled()
