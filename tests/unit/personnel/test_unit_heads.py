"""Who seems to lead a unit, by the posts of its people."""

from __future__ import annotations

import pytest

from asn_desktop.personnel.unit_heads import Candidate, likely_head


def guess(unit: str, *posts: str | tuple[str, str]) -> str | None:
    candidates = []
    for number, post in enumerate(posts):
        position, echelon = post if isinstance(post, tuple) else (post, None)
        candidates.append(Candidate(number, position, echelon, 110))
    found = likely_head(unit, candidates)
    return None if found is None else found.position


@pytest.mark.parametrize(
    ("unit", "posts", "head"),
    [
        ("Dinas Kesehatan", ("Perawat Mahir", "Kepala Dinas Kesehatan"), "Kepala Dinas Kesehatan"),
        ("Dinas Kesehatan", (("Kepala Bidang P2P", "III.b"), ("Kepala Dinas", "II.b")), "Kepala Dinas"),
        ("Kecamatan Contoh Utara", ("Sekretaris Kecamatan", "Camat"), "Camat"),
        ("Sekretariat", ("Sekretaris", "Kepala Subbagian Umum"), "Sekretaris"),
        ("Sekretariat Daerah", ("Kepala Bagian Hukum", "Sekretaris Daerah"), "Sekretaris Daerah"),
        ("Sekretariat Daerah", (("Kepala Bagian Hukum", "III.a"), ("Sekretaris Daerah", "II.a")), "Sekretaris Daerah"),
        ("Seksi Pemerintahan", ("Pengadministrasi Umum", "Kepala Seksi Pemerintahan"), "Kepala Seksi Pemerintahan"),
        ("UPTD Puskesmas Susoh", ("Bidan Mahir", "Plt. Kepala Puskesmas"), "Plt. Kepala Puskesmas"),
        ("SD Negeri 1 Contoh", ("Guru Kelas Ahli Muda", "Kepala Sekolah"), "Kepala Sekolah"),
        ("Bidang Bina Marga", ("Kepala Bidang Cipta Karya", "Kepala Bidang Bina Marga"), "Kepala Bidang Bina Marga"),
    ],
)
def test_the_post_tells_the_head(unit: str, posts: tuple[str | tuple[str, str], ...], head: str) -> None:
    assert guess(unit, *posts) == head


def test_nobody_is_proposed_when_no_post_leads_or_two_are_alike() -> None:
    assert guess("Dinas Sosial", "Penelaah Teknis Kebijakan", "Arsiparis Mahir") is None
    assert guess("Dinas Sosial", "Kepala Dinas Sosial", "Kepala Dinas Sosial") is None
    assert guess("Dinas Sosial") is None
