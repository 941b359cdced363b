"""A clerk puts everything that came back in a week into the inbox: looked at first, then applied one after another."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest

from asn_desktop.appraisal.predicate import Rating
from asn_desktop.cli.arguments import WrongUse, build_parser
from asn_desktop.cli.inbox import receive_many
from asn_desktop.core.errors import Cancelled, WorkbookError
from asn_desktop.core.periods import parse_period
from asn_desktop.core.progress import Progress
from asn_desktop.exchange import gate
from asn_desktop.exchange.archive import DEFAULT_LIMITS
from asn_desktop.exchange.inbox import Inbox, InboxFile, workbooks_in
from asn_desktop.exchange.package import recognise as recognition
from asn_desktop.exchange.package.recognise import FileKind, recognise
from asn_desktop.services import Services
from tests.integration.exchange.books import ANI, ATAS, BAWAH, BUDI, SESUAI, book, rating
from tests.integration.exchange.clerk import Clerk
from tests.integration.exchange.test_worksheet_ratings import (
    TW3,
    opened,
    rate_here,
    ratings,
    sheet,
)

__all__ = ["opened"]


def states(files: list[InboxFile]) -> dict[str, str]:
    return {file.path.name: file.state for file in files}


def applied(office: Services, *paths: Path) -> list[InboxFile]:
    return list(office.inbox.apply(office.inbox.look(paths)).files)


def test_every_kind_is_recognised_and_nothing_is_written(opened: Services, tmp_path: Path) -> None:
    folder = tmp_path / "flashdisk"
    folder.mkdir()
    sheet(opened, tmp_path).rate("Ani", ATAS, SESUAI).save(folder / "dinkes.xlsx")
    opened.packages.send(folder / "paket sendiri.xlsx")
    book(folder / "nominatif.xlsx", ANI, BUDI)
    book(folder / "rekap.xlsx", rating(ANI, ATAS, SESUAI))
    (folder / "rusak.XLSX").write_bytes(b"PK bukan buku kerja")
    (folder / "~$dinkes.xlsx").write_bytes(b"kunci")
    (folder / "catatan.txt").write_text("bukan buku kerja", encoding="utf-8")
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "belanja kantor"
    workbook.save(folder / "belanja.xlsx")
    before = len(opened.safety.history())
    files = {file.path.name: file for file in opened.inbox.look(workbooks_in(folder))}
    assert {name: (file.state, file.kind) for name, file in files.items()} == {
        "dinkes.xlsx": ("ready", FileKind.WORKSHEET),
        "paket sendiri.xlsx": ("refused", FileKind.PACKAGE),
        "nominatif.xlsx": ("other", FileKind.FOREIGN),
        "rekap.xlsx": ("other", FileKind.FOREIGN),
        "belanja.xlsx": ("refused", FileKind.FOREIGN),
        "rusak.XLSX": ("refused", None),
    }
    found = files["dinkes.xlsx"]
    assert (found.name, found.content, found.period) == ("Dinas Kesehatan", "ratings", TW3)
    assert found.counts is not None
    assert (found.counts["new"], found.counts["same"], found.waiting) == (1, 3, 0)
    assert (files["nominatif.xlsx"].content, files["rekap.xlsx"].content) == ("personnel", "ratings")
    assert all(file.message and file.code for file in files.values() if file.state == "refused")
    assert len(opened.safety.history()) == before
    assert ratings(opened)["Ani Contoh"] == (None, None)


def test_every_file_is_read_and_inspected_once(
    opened: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a file is, and what is in it, are told from one reading: 50 MB from a flash disk take their time."""
    folder = tmp_path / "flashdisk"
    folder.mkdir()
    sheet(opened, tmp_path).rate("Ani", ATAS, SESUAI).save(folder / "dinkes.xlsx")
    opened.packages.send(folder / "paket sendiri.xlsx")
    book(folder / "nominatif.xlsx", ANI, BUDI)
    seen: list[str] = []

    def counted(path: Path, *rest: object) -> object:
        seen.append(path.name)
        return inspect(path, *rest)

    inspect = gate.inspect
    for module in (gate, recognition):
        monkeypatch.setattr(module, "inspect", counted)
    opened.inbox.look(workbooks_in(folder))
    assert sorted(seen) == ["dinkes.xlsx", "nominatif.xlsx", "paket sendiri.xlsx"]


def test_a_package_may_be_heavier_than_a_list(opened: Services, tmp_path: Path) -> None:
    package, people = tmp_path / "paket.xlsx", book(tmp_path / "nominatif.xlsx", ANI)
    opened.packages.send(package)
    for path in (package, people):
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("xl/media/gambar.png", bytes(DEFAULT_LIMITS.file_size))
    assert recognise(package).is_package
    with pytest.raises(WorkbookError) as refused:
        recognise(people)
    assert refused.value.code == "ASN-1303"


def test_lists_are_never_applied_in_a_batch(opened: Services, tmp_path: Path) -> None:
    path = book(tmp_path / "nominatif.xlsx", {**ANI, "NAMA": "Ani Berganti Nama"})
    done = sheet(opened, tmp_path).rate("Budi", SESUAI, SESUAI).save()
    assert states(applied(opened, path, done)) == {"nominatif.xlsx": "other", done.name: "applied"}
    assert "Ani Contoh" in ratings(opened)


def test_one_backup_and_each_file_an_operation_of_its_own(opened: Services, tmp_path: Path) -> None:
    first = sheet(opened, tmp_path, "a.xlsx").rate("Ani", ATAS, SESUAI).save()
    second = sheet(opened, tmp_path, "b.xlsx").rate("Budi", SESUAI, SESUAI).save()
    copies = len(opened.safety.backups())
    done = applied(opened, first, second)
    assert len(opened.safety.backups()) == copies + 1
    assert len({file.operation for file in done}) == 2
    opened.safety.undo()
    assert ratings(opened)["Ani Contoh"] == ("DI_ATAS", "SESUAI")
    assert ratings(opened)["Budi Contoh"] == (None, None)


def test_the_second_worksheet_of_an_opd_is_compared_with_what_the_first_left(opened: Services, tmp_path: Path) -> None:
    """Two people of one OPD filled a copy each: where they differ a person decides, nothing is overwritten."""
    path = sheet(opened, tmp_path).path
    copy = Path(shutil.copy(path, tmp_path / "salinan.xlsx"))
    first = Clerk(path).rate("Ani", ATAS, SESUAI).rate("Budi", SESUAI, SESUAI).save(tmp_path / "1.xlsx")
    second = Clerk(copy).rate("Ani", BAWAH, SESUAI).rate("Dewi", SESUAI, SESUAI).save(tmp_path / "2.xlsx")
    looked = opened.inbox.look([first, second])
    assert [file.counts["new"] for file in looked if file.counts] == [2, 2], "each seen alone"
    assert [bool(file.hint) for file in looked] == [False, True]
    done = opened.inbox.apply(looked).files
    assert [(file.state, file.waiting) for file in done] == [("applied", 0), ("applied", 1)]
    assert ratings(opened)["Ani Contoh"] == ("DI_ATAS", "SESUAI"), "what the first one said stays"
    assert ratings(opened)["Dewi Contoh"] == ("SESUAI", "SESUAI")


def test_the_same_file_twice_is_written_once(opened: Services, tmp_path: Path) -> None:
    path = sheet(opened, tmp_path).rate("Ani", ATAS, SESUAI).save()
    copy = Path(shutil.copy(path, tmp_path / "kiriman kedua.xlsx"))
    assert [file.state for file in applied(opened, path, copy)] == ["applied", "known"]


def test_sound_rows_are_written_and_the_others_given_back(opened: Services, tmp_path: Path) -> None:
    clerk = sheet(opened, tmp_path).rate("Ani", ATAS, SESUAI).rate("Budi", BAWAH, SESUAI).rate("Dewi", "Lumayan", ATAS)
    path = clerk.save()
    rate_here(opened, "Ani Contoh", Rating.SESUAI, Rating.SESUAI)
    (file,) = applied(opened, path)
    assert file.counts is not None
    assert (file.counts["new"], file.counts["conflict"], file.counts["rejected"]) == (1, 1, 1)
    assert file.waiting == 2
    assert ratings(opened)["Ani Contoh"] == ("SESUAI", "SESUAI")
    assert ratings(opened)["Budi Contoh"] == ("DI_BAWAH", "SESUAI")
    assert opened.inbox.write_errors(path, tmp_path / "perbaiki.xlsx") == 2
    assert opened.inbox.look_at(0, path).state == "known", "written; only the person's part is left"


def test_a_quarter_that_is_closed_takes_nothing(opened: Services, tmp_path: Path) -> None:
    path = sheet(opened, tmp_path).rate("Ani", ATAS, SESUAI).save()
    for name in ratings(opened):
        rate_here(opened, name, Rating.SESUAI, Rating.SESUAI)
    opened.appraisal.close_period(parse_period(TW3).code)
    (file,) = applied(opened, path)
    assert file.waiting >= 1
    assert ratings(opened)["Ani Contoh"] == ("SESUAI", "SESUAI")


def test_a_file_that_disappeared_is_told_and_the_rest_goes_on(opened: Services, tmp_path: Path) -> None:
    first = sheet(opened, tmp_path, "a.xlsx").rate("Ani", ATAS, SESUAI).save()
    second = sheet(opened, tmp_path, "b.xlsx").rate("Budi", SESUAI, SESUAI).save()
    files = opened.inbox.look([first, second])
    first.unlink()
    done = opened.inbox.apply(files)
    assert [file.state for file in done.files] == ["refused", "applied"]
    assert ratings(opened)["Budi Contoh"] == ("SESUAI", "SESUAI")


class StopsDuring(Progress):
    """The person presses *Batal* while a certain file is worked on."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def part(self) -> Progress:
        if self.text == self._name:
            self.cancel()
        return super().part()


def test_stopping_keeps_what_is_applied_and_leaves_the_rest_whole(opened: Services, tmp_path: Path) -> None:
    first = sheet(opened, tmp_path, "a.xlsx").rate("Ani", ATAS, SESUAI).save()
    second = sheet(opened, tmp_path, "b.xlsx").rate("Budi", SESUAI, SESUAI).save()
    with pytest.raises(Cancelled):
        opened.inbox.look([first, second], StopsDuring(second.name))
    files = opened.inbox.look([first, second])
    done = opened.inbox.apply(files, StopsDuring(second.name))
    assert [file.state for file in done.files] == ["applied", "ready"]
    assert done.change_set is not None
    assert done.change_set.touches("evaluation")
    assert ratings(opened)["Budi Contoh"] == (None, None)
    assert [file.state for file in opened.inbox.apply(done.files).files] == ["applied", "applied"]


def test_a_mistake_of_the_program_does_not_hide_what_was_applied(
    opened: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = sheet(opened, tmp_path, "a.xlsx").rate("Ani", ATAS, SESUAI).save()
    second = sheet(opened, tmp_path, "b.xlsx").rate("Budi", SESUAI, SESUAI).save()
    files = opened.inbox.look([first, second])
    whole = Inbox._apply

    def breaks(self: Inbox, file: InboxFile, backup: Path, progress: Progress) -> object:
        if file.path == second:
            raise ZeroDivisionError
        return whole(self, file, backup, progress)

    monkeypatch.setattr(Inbox, "_apply", breaks)
    done = opened.inbox.apply(files)
    assert isinstance(done.error, ZeroDivisionError)
    assert [file.state for file in done.files] == ["applied", "ready"]
    assert done.change_set is not None


# -- the command line -------------------------------------------------------------------------------------------


def test_a_folder_on_the_command_line(opened: Services, tmp_path: Path) -> None:
    folder = tmp_path / "flashdisk"
    folder.mkdir()
    sheet(opened, tmp_path).rate("Ani", ATAS, SESUAI).rate("Budi", "Lumayan", SESUAI).save(folder / "dinkes.xlsx")
    book(folder / "nominatif.xlsx", ANI)
    (folder / "rusak.xlsx").write_bytes(b"PK bukan buku kerja")
    looked = receive_many(opened, build_parser().parse_args(["inbox", str(folder), "--dry-run"]))
    assert (looked["applied"], looked["backup"]) == (0, None)
    assert ratings(opened)["Ani Contoh"] == (None, None)
    done = receive_many(opened, build_parser().parse_args(["inbox", str(folder)]))
    assert done["applied"] == 1
    assert Path(done["backup"]).exists()
    broken, worksheet, people = done["files"]
    assert broken["error"]["code"]
    assert broken["type"] is None
    assert (worksheet["from"], worksheet["kind"], worksheet["period"]) == ("Dinas Kesehatan", "ratings", TW3)
    assert (worksheet["new"], worksheet["rejected"], worksheet["applied"]) == (1, 1, True)
    assert isinstance(worksheet["operation"], int)
    (issue,) = [one for one in worksheet["issues"] if one["severity"] == "error"]
    assert issue["value"] == "Lumayan"
    assert issue["cell"]
    assert people["issues"] is not None
    assert "import --errors" in done["text"]
    assert (people["type"], people["kind"], people["applied"]) == ("foreign", "personnel", False)
    assert "Dinas Kesehatan · diterapkan: baru 1" in done["text"]
    again = receive_many(opened, build_parser().parse_args(["inbox", str(folder / "dinkes.xlsx")]))
    assert again["files"][0]["state"] == "known"
    assert "ditolak 1" in again["text"], "what is left to do is not hidden"


def test_a_folder_without_workbooks_is_wrong_use(opened: Services, tmp_path: Path) -> None:
    (tmp_path / "kosong").mkdir()
    with pytest.raises(WrongUse):
        receive_many(opened, build_parser().parse_args(["inbox", str(tmp_path / "kosong")]))
