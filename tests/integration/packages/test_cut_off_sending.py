"""Sending that is killed, or whose disk goes away: the package is known as ours, and its number is not used again."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from asn_desktop.core import outputs
from asn_desktop.core.errors import Cancelled, FileNotWritten, InputError
from asn_desktop.core.progress import Progress
from asn_desktop.exchange.package import sending
from asn_desktop.exchange.package.content import Seal
from asn_desktop.exchange.package.overview import LedgerRow
from asn_desktop.exchange.package.package_reader import read_package
from asn_desktop.exchange.package.replicas import own_replica
from asn_desktop.gui.exchange.packages.words import ledger_state
from asn_desktop.personnel.model import Employee
from tests.conftest import PASSPHRASE, USER, fixed_clock
from tests.integration.packages.offices import Site
from tests.integration.packages.test_two_offices import PERSON, introduce

_VICTIM = """
import os, signal, sys
from pathlib import Path
from asn_desktop.core import outputs
from asn_desktop.environment.paths import office_paths
from asn_desktop.exchange.package import package_writer, sending, service
from asn_desktop.services import open_office

def die(*_arguments, **_named):
    if hasattr(signal, "SIGKILL"):
        os.kill(os.getpid(), signal.SIGKILL)
    os._exit(9)  # Windows: no clean-up either

moment = sys.argv[3]
if moment == "noted":
    service.write_package = die
elif moment == "writing":
    package_writer.write_cover = die
elif moment == "replacing":
    outputs.replace_file = die
elif moment == "written":
    sending.complete = die
services = open_office(office_paths(Path(sys.argv[1])), sys.argv[4], sys.argv[5])
services.packages.send(Path(sys.argv[2]))
"""


def kill_while_sending(site: Site, target: Path, moment: str) -> None:
    """Another process sends and is killed at this very moment."""
    site.close()
    command = [sys.executable, "-c", _VICTIM, str(site.paths.home), str(target), moment, USER, PASSPHRASE]
    done = subprocess.run(command, env=dict(os.environ), capture_output=True, check=False, timeout=300)
    assert done.returncode in (-9, 9), done.stderr.decode()
    site.reopen()


def line(site: Site) -> LedgerRow:
    """The newest one in the ledger."""
    return site.services.packages.ledger()[0]


def replica(site: Site) -> str:
    with site.services.database.read() as connection:
        return own_replica(connection).id


@pytest.mark.parametrize(("moment", "there"), [
    ("noted", False), ("writing", False), ("replacing", False), ("written", True),
])  # fmt: skip
def test_dibunuh_saat_mengirim_nomornya_tidak_dipakai_lagi(
    province: Site, kabupaten: Site, tmp_path: Path, moment: str, there: bool
) -> None:
    introduce(kabupaten, province)
    person = kabupaten.add_person("Fatimah", PERSON)
    target, sent = tmp_path / "paket.xlsx", line(kabupaten).seq
    before = replica(kabupaten)

    kill_while_sending(kabupaten, target, moment)

    cut = line(kabupaten)
    assert (cut.cut_off, cut.seq, cut.digest) == (True, sent + 1, "")
    assert target.exists() == there
    assert ledger_state(cut, fixed_clock().date(), False).word == "Terputus"
    assert kabupaten.services.package_reminders().silent_since is None, "nobody waits for its receipt"
    assert kabupaten.services.package_reading.unsent("11") > 0, "its content counts as not sent"
    if there:
        assert read_package(target).seal is Seal.INTACT
        with pytest.raises(InputError, match="buatan kantor ini sendiri") as answer:
            kabupaten.services.packages.examine(target)
        assert answer.value.code == "ASN-1242"
        assert "utuh" in answer.value.hint
    assert replica(kabupaten) == before, "no fork"

    next_one = kabupaten.send()
    assert next_one[0].head.seq == sent + 2
    assert province.receive(next_one).plan.counts["new"] >= 1
    assert province.value(Employee, person, "name") == "Fatimah"


def test_berkas_yang_selamat_boleh_diserahkan_dan_tanda_terimanya_melengkapi_buku(
    province: Site, kabupaten: Site, tmp_path: Path
) -> None:
    introduce(kabupaten, province)
    kabupaten.add_person("Fatimah", PERSON)
    target = tmp_path / "selamat.xlsx"
    kill_while_sending(kabupaten, target, "written")

    plan = province.services.packages.examine(target)
    assert plan.missing_seq == 0
    province.services.packages.apply(plan, backup=False)
    kabupaten.receive(province.send("11.12"))

    answered = next(row for row in kabupaten.services.packages.ledger() if row.file_name == "selamat.xlsx")
    assert not answered.cut_off
    assert answered.digest == read_package(target).digest
    assert answered.answer["new"] >= 1


def test_dihentikan_pemakai_tidak_meninggalkan_apa_pun(kabupaten: Site, tmp_path: Path) -> None:
    class Stopping(Progress):
        def advance(self, count: int = 1) -> None:
            self.cancel()
            super().advance(count)

    for number in range(250):
        kabupaten.add_person(f"Pegawai {number}", f"{198501152010011000 + number}")
    with pytest.raises(Cancelled):
        kabupaten.services.packages.send(tmp_path / "paket.xlsx", progress=Stopping())
    assert kabupaten.services.packages.ledger() == []
    assert list(tmp_path.glob("*paket*")) == []
    assert kabupaten.services.packages.send(tmp_path / "paket.xlsx").head.seq == 1


def test_berkas_yang_dipegang_program_lain_tidak_menghabiskan_nomor(
    kabupaten: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "paket.xlsx"
    kabupaten.services.packages.send(target)

    def held(_temporary: Path, _target: Path) -> None:
        raise PermissionError("open in a spreadsheet program")

    with monkeypatch.context() as patch:
        patch.setattr(outputs, "replace_file", held)
        with pytest.raises(FileNotWritten):
            kabupaten.services.packages.send(target)
    assert [row.seq for row in kabupaten.services.packages.ledger()] == [1]
    assert read_package(target).content.head.seq == 1
    assert kabupaten.services.packages.send(target).head.seq == 2


def test_flash_disk_yang_dicabut_membuat_paket_tercatat_terputus(
    kabupaten: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = tmp_path / "flash"
    disk.mkdir()

    def pulled(_temporary: Path, _target: Path) -> None:
        disk.rename(tmp_path / "tercabut")
        raise OSError("input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(outputs, "replace_file", pulled)
        with pytest.raises(FileNotWritten):
            kabupaten.services.packages.send(disk / "paket.xlsx")
    assert line(kabupaten).cut_off, "nobody can see whether the file is on that disk"
    assert kabupaten.services.packages.send(tmp_path / "paket.xlsx").head.seq == 2


def test_jawaban_server_yang_hilang_sesudah_berkas_terganti(
    kabupaten: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "paket.xlsx"

    def late(temporary: Path, place: Path) -> None:
        os.replace(temporary, place)
        raise OSError("the network name is no longer available")

    with monkeypatch.context() as patch:
        patch.setattr(outputs, "replace_file", late)
        with pytest.raises(FileNotWritten):
            kabupaten.services.packages.send(target)
    with pytest.raises(InputError) as answer:
        kabupaten.services.packages.examine(target)
    assert answer.value.code == "ASN-1242"


def test_setiap_kantor_mendapat_nomornya_sendiri(province: Site, kabupaten: Site, tmp_path: Path) -> None:
    introduce(kabupaten, province)
    packages = province.services.packages
    packages.register("11.13", "BKPSDM Kabupaten 11.13", "district")
    first = packages.send(tmp_path / "a.xlsx", "11.13")
    assert first.head.seq == 1
    plan = kabupaten.plan(province.send("11.12"))
    assert plan.missing_seq == 0, "a package for another district is not one that went missing here"


def test_baris_yang_sudah_lengkap_tidak_dapat_dilepas_diam_diam(kabupaten: Site, tmp_path: Path) -> None:
    content = sending.reserve(kabupaten.services.database, kabupaten.services.packages.content_for(), "paket.xlsx")
    sending.release(kabupaten.services.database, content.head, tmp_path / "tidak ada" / "paket.xlsx")
    assert line(kabupaten).cut_off
