"""What a new office starts with: holidays of the neighbouring years and the parameters of the rules."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from asn_desktop.environment.resources import reference_table

FIRST_DAY = date(2022, 1, 1)

# key, value, source, verified: values of the field marked "verify" are shipped unverified and can be edited.
PARAMETERS: tuple[tuple[str, str, str, bool], ...] = (
    ("evaluasi.buka_hari", "20", "Pengaturan kantor: hari buka pada bulan terakhir triwulan", False),
    ("evaluasi.tutup_hari", "15", "Pengaturan kantor: hari tutup pada bulan berikutnya", False),
    ("jp.minimum_pns", "20", "PP 11/2017 Pasal 203; Peraturan LAN 10/2018 (nomor pasal perlu diverifikasi)", False),
    ("jp.maksimum_pppk", "24", "Peraturan LAN 15/2020 (perlu diverifikasi)", False),
    ("pembinaan.bulan", "6", "PP 30/2019 Pasal 57: enam bulan untuk memperbaiki kinerja", True),
    ("pembinaan.batas_pembina", "3", "Keputusan produk: paling banyak tiga pegawai dibina bersamaan", False),
    ("distribusi.persen", "ya", "SE MenPANRB 3/2023 (dikutip media; perlu diverifikasi)", False),
    ("distribusi.minimum_pegawai", "10", "Keputusan produk: persentase dilewati pada unit kecil", False),
    ("periode.judul_tahunan", "AKHIR", "PermenPANRB 6/2022 Format C (perlu diverifikasi)", False),
)


def parameter_rows() -> list[dict[str, Any]]:
    return [
        {"key": key, "value": value, "valid_from": FIRST_DAY, "source": source, "verified": verified}
        for key, value, source, verified in (*PARAMETERS, *_equivalent_hours())
    ]


def _equivalent_hours() -> list[tuple[str, str, str, bool]]:
    """JP of one activity for forms without a curriculum: remembered values, shipped unverified."""
    return [
        (f"jp.setara.{row['kode']}", row["jp_default_per_kegiatan"], row["source"], False)
        for row in reference_table("bentuk_pengkom")
        if row["jp_default_per_kegiatan"]
    ]


def holiday_rows(years: Iterable[int]) -> list[dict[str, Any]]:
    """National holidays and cuti bersama of ``years`` from the ``holidays`` package, in Indonesian."""
    import holidays as holidays_package  # takes longer to load than the window: only when a year is filled

    rows: list[dict[str, Any]] = []
    for year in sorted(set(years)):
        for category, kind in (("public", "libur_nasional"), ("government", "cuti_bersama")):
            calendar = holidays_package.country_holidays("ID", years=year, categories=(category,), language="id")
            for day in sorted(calendar):
                rows.extend(
                    {"day": day, "name": name, "kind": kind, "source": "Paket holidays; sesuaikan dengan SKB"}
                    for name in calendar.get_list(day)
                )
    return rows
