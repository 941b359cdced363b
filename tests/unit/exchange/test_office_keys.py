"""Handing a public key over by file, by words, by code."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from asn_desktop.core.errors import FileNotWritten, WorkbookError
from asn_desktop.exchange.package.office_keys import (
    PublicKey,
    fingerprint,
    read_key_file,
    read_qr_text,
    word_list,
    write_key_file,
)
from asn_desktop.exchange.package.qr import qr_matrix, qr_png
from asn_desktop.exchange.package.signing import OfficeKey, verified

PUBLIC = PublicKey("11.12", "BKPSDM Kabupaten Contoh", OfficeKey(b"k" * 32).key)


def test_the_file_gives_the_key_back(tmp_path: Path) -> None:
    write_key_file(tmp_path / "kunci.txt", PUBLIC)
    assert read_key_file(tmp_path / "kunci.txt") == PUBLIC
    assert " ".join(PUBLIC.words) in (tmp_path / "kunci.txt").read_text(encoding="utf-8")


def test_a_file_that_went_through_an_editor_is_still_good(tmp_path: Path) -> None:
    write_key_file(tmp_path / "kunci.txt", PUBLIC)
    text = (tmp_path / "kunci.txt").read_bytes().replace(b"\r\n", b"\n")
    (tmp_path / "kunci.txt").write_bytes(b"\xef\xbb\xbf" + text)
    assert read_key_file(tmp_path / "kunci.txt") == PUBLIC


@pytest.mark.parametrize("old, new", [("11.12", "11.13"), ("Contoh", "Lain"), (PUBLIC.key[:4], "0000"), ("/1", "/2")])
def test_a_changed_file_is_refused(tmp_path: Path, old: str, new: str) -> None:
    write_key_file(tmp_path / "kunci.txt", PUBLIC)
    text = (tmp_path / "kunci.txt").read_text(encoding="utf-8")
    assert text.replace(old, new, 1) != text
    (tmp_path / "kunci.txt").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(WorkbookError) as caught:
        read_key_file(tmp_path / "kunci.txt")
    assert caught.value.code == "ASN-1356"


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"PK\x03\x04", b":" * 20_000])
def test_any_other_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "kunci.txt").write_bytes(content)
    with pytest.raises(WorkbookError):
        read_key_file(tmp_path / "kunci.txt")


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotWritten):
        write_key_file(tmp_path / "tidak-ada" / "kunci.txt", PUBLIC)


def test_the_words_are_short_and_hard_to_confuse() -> None:
    words = word_list()
    assert len(set(words)) == 256
    assert all(3 <= len(word) <= 8 and word.isalpha() and word.islower() for word in words)
    for one, other in itertools.combinations(words, 2):
        assert len(one) != len(other) or sum(a != b for a, b in zip(one, other, strict=True)) > 1, (one, other)


def test_every_key_has_its_own_words_and_they_never_change() -> None:
    prints = {fingerprint(OfficeKey(bytes([number]) * 32).key) for number in range(200)}
    assert len(prints) == 200
    assert " ".join(PUBLIC.words) == "catur laut besi akar langit indah mutiara rasa"


def test_the_office_key_follows_from_the_data_key() -> None:
    assert OfficeKey(b"k" * 32).key == PUBLIC.key != OfficeKey(b"l" * 32).key
    signature = OfficeKey(b"k" * 32).sign("ab" * 32)
    assert verified(PUBLIC.key, "ab" * 32, signature)
    assert not verified(PUBLIC.key, "ac" * 32, signature)


@pytest.mark.parametrize(
    "key, signature", [("", ""), ("zz", "zz"), ("00" * 32, "00" * 64), ("ab", "é"), ("00", "ab" * 64)]
)
def test_a_bent_key_or_signature_is_only_not_verified(key: str, signature: str) -> None:
    assert not verified(key, "ab" * 32, signature)


def test_a_code_is_square_with_finders_in_its_corners() -> None:
    matrix = qr_matrix(PUBLIC.qr_text)
    assert len(matrix) == len(matrix[0]) >= 33
    assert matrix[0][:8] == (True,) * 7 + (False,)
    assert qr_png("a").startswith(b"\x89PNG")


def test_the_text_of_the_qr_code_is_the_same_key() -> None:
    read = read_qr_text(f"  {PUBLIC.qr_text}\n")
    assert (read.office, read.key, read.words) == (PUBLIC.office, PUBLIC.key, PUBLIC.words)
    with pytest.raises(WorkbookError) as caught:
        read_qr_text(PUBLIC.qr_text[:-3])
    assert caught.value.code == "ASN-1356"
