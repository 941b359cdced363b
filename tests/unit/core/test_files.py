"""Files written whole, replaced while others look at them, and found however long their path is."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from asn_desktop.core.files import extended_spelling, reachable, replace_file, write_whole
from tests.unprivileged import unprivileged


def test_berkas_lama_diganti_seluruhnya_dan_tidak_ada_sisa(tmp_path: Path) -> None:
    path = tmp_path / "laporan é.pdf"
    path.write_bytes(b"lama")
    write_whole(path, b"baru")
    assert path.read_bytes() == b"baru"
    assert list(tmp_path.iterdir()) == [path]


def test_folder_yang_tidak_ada_bukan_berkas_setengah_jadi(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="tidak-ada"):
        write_whole(tmp_path / "tidak-ada" / "a.pdf", b"isi")
    assert list(tmp_path.iterdir()) == []


def test_sasaran_yang_sebuah_folder_tidak_meninggalkan_sisa(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "isi").touch()
    with pytest.raises(OSError, match="folder"):
        write_whole(tmp_path / "folder", b"isi")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_jalur_yang_sangat_panjang_tetap_dapat_ditulis_dan_dibaca(tmp_path: Path) -> None:
    folder = tmp_path / ("d" * 100) / ("e" * 100) / ("f" * 100)
    reachable(folder).mkdir(parents=True)
    path = folder / "PEGAWAI.xlsx"
    assert len(str(path)) > 300
    write_whole(path, b"isi")
    assert reachable(path).read_bytes() == b"isi"


@pytest.mark.parametrize(
    ("plain", "spelt"),
    [
        ("C:\\Data\\a.xlsx", "C:\\Data\\a.xlsx"),
        ("C:\\" + "d" * 260, "\\\\?\\C:\\" + "d" * 260),
        ("C:/" + "d" * 260 + "/a.xlsx", "\\\\?\\C:\\" + "d" * 260 + "\\a.xlsx"),
        ("\\\\server\\bagi\\" + "d" * 260, "\\\\?\\UNC\\server\\bagi\\" + "d" * 260),
        ("\\\\?\\C:\\" + "d" * 260, "\\\\?\\C:\\" + "d" * 260),
    ],
)
def test_ejaan_panjang_windows(plain: str, spelt: str) -> None:
    assert extended_spelling(plain) == spelt


@pytest.mark.windows_only
class TestBerkasYangSedangDibuka:
    def test_yang_dibuka_excel_tidak_dapat_diganti(self, tmp_path: Path) -> None:
        path = tmp_path / "PEGAWAI.xlsx"
        path.write_bytes(b"lama")
        with path.open("rb"), pytest.raises(PermissionError):
            write_whole(path, b"baru")
        assert path.read_bytes() == b"lama"
        assert list(tmp_path.iterdir()) == [path]

    def test_yang_sebentar_dipegang_pemindai_virus_ditunggu(self, tmp_path: Path) -> None:
        path, fresh = tmp_path / "a.json", tmp_path / "a.sementara"
        path.write_bytes(b"lama")
        fresh.write_bytes(b"baru")
        opened = threading.Event()

        def scan() -> None:
            with path.open("rb"):
                opened.set()
                time.sleep(0.3)

        scanner = threading.Thread(target=scan)
        scanner.start()
        assert opened.wait(5)
        replace_file(fresh, path)
        scanner.join()
        assert path.read_bytes() == b"baru"


@pytest.mark.posix_only
def test_folder_terkunci_langsung_ditolak(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting helps against a scanner that holds a file, never against a folder: it is not waited for."""
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    tmp_path.chmod(0o555)
    with unprivileged(tmp_path), pytest.raises(PermissionError):
        write_whole(Path("a.pdf"), b"isi")
    assert waited == []
    tmp_path.chmod(0o777)
    with unprivileged(tmp_path):
        write_whole(Path("a.pdf"), b"isi")
    assert (tmp_path / "a.pdf").read_bytes() == b"isi"
