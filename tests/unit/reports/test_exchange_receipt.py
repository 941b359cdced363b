"""The printed receipt of a package."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pypdfium2
import pytest

from asn_desktop.core.errors import FileNotWritten
from asn_desktop.reports.exchange_receipt import FORM, Receipt, ReceiptCounts, ReceiptLine
from asn_desktop.reports.registry import Paper, render

RECEIPT = Receipt(
    package_id="5f8a2c1e-0000-4000-8000-000000000001",
    seq=17,
    code="RAAK-8F7N-8PGN",
    qr="ASN-PAKET 5f8a2c1e-0000-4000-8000-000000000001 " + "ab" * 32,
    sender="BKPSDM Kabupaten Contoh (11.12)",
    sent_at="21 November 2026 pukul 08.00 oleh Siti Contoh",
    receiver="BKD Provinsi Contoh",
    place="Kota Contoh",
    received_by="Budi Contoh",
    received_at=datetime(2026, 11, 22, 9, 30),
    counts=ReceiptCounts(new=1203, changed=45, same=9_876, conflict=2, rejected=1, ignored=0),
    conflicts=(
        ReceiptLine("Ani Contoh, NO HP", "di sini 0812, di paket 0813; diputuskan kabupaten", "pegawai baris 12"),
        ReceiptLine("Dinas Contoh, PIMPINAN", "dihapus di sini, diubah di paket", "unit baris 4"),
    ),
    rejected=(ReceiptLine("SKP Budi Contoh", "pegawai tidak ada di paket ini", "skp baris 88"),),
    digest="ab" * 32,
    signature="signed",
    sample=True,
)


def text_of(receipt: Receipt, paper: Paper = Paper.F4) -> list[str]:
    """The text of every page."""
    out = io.BytesIO()
    pages = render(FORM.code, [receipt], out, paper)
    texts = page_texts(out.getvalue())
    assert len(texts) == pages
    return texts


def page_texts(pdf: bytes) -> list[str]:
    """What a reader finds on each page."""
    document = pypdfium2.PdfDocument(pdf)
    texts = []
    for page in document:
        textpage = page.get_textpage()
        texts.append(" ".join(textpage.get_text_bounded().split()))
        textpage.close()
        page.close()
    document.close()
    return texts


@pytest.mark.parametrize("paper", list(Paper))
def test_one_page_says_which_package_and_what_became_of_it(paper: Paper) -> None:
    (text,) = text_of(RECEIPT, paper)
    for words in ("TANDA TERIMA PAKET DATA", RECEIPT.package_id, RECEIPT.code, "1.203", "9.876", "11.127",
                  "di sini 0812, di paket 0813", "pegawai tidak ada di paket ini", "CONTOH · data rekaan",
                  "Kota Contoh, 22 November 2026", "Budi Contoh", "tanda tangan pengirim cocok", "ab" * 16,
                  RECEIPT.sent_at):  # fmt: skip
        assert words in text


def test_nothing_is_said_of_conflicts_where_there_are_none() -> None:
    (text,) = text_of(replace(RECEIPT, conflicts=(), rejected=(), sample=False, signature="intact"))
    for words in ("PERBEDAAN (", "DITOLAK (", "CONTOH · data", "tanda tangan pengirim"):
        assert words not in text
    assert "utuh, tanpa tanda tangan" in text
    assert "kunci yang belum dikenal" in text_of(replace(RECEIPT, signature="unknown_key"))[0]


def test_a_long_list_goes_on_with_its_heading_and_loses_no_line() -> None:
    lines = tuple(ReceiptLine(f"Catatan {number:03}", "alasan " * 12, "pegawai") for number in range(150))
    pages = text_of(replace(RECEIPT, rejected=lines))
    assert len(pages) > 3
    whole = " ".join(pages)
    assert all(whole.count(line.what) == 1 for line in lines)
    assert all("NO. DATA ALASAN TEMPAT" in page for page in pages[1:-1])


def test_the_same_receipt_is_the_same_file(tmp_path: Path) -> None:
    render(FORM.code, [RECEIPT], tmp_path / "a.pdf")
    render(FORM.code, [RECEIPT], tmp_path / "b.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotWritten):
        render(FORM.code, [RECEIPT], tmp_path / "tidak-ada" / "a.pdf")
