"""What the parameters of the rules are called, on screen and where they travel between offices."""

from __future__ import annotations

from asn_desktop.core.i18n import N_, _
from asn_desktop.environment.resources import reference_table

_LABELS = {
    "evaluasi.buka_hari": N_("Evaluasi: tanggal mulai (bulan terakhir triwulan)"),
    "evaluasi.tutup_hari": N_("Evaluasi: tanggal terakhir (bulan berikutnya)"),
    "jp.minimum_pns": N_("JP minimum PNS per tahun"),
    "jp.maksimum_pppk": N_("JP maksimum PPPK per tahun"),
    "pembinaan.bulan": N_("Pembinaan: jangka waktu (bulan)"),
    "pembinaan.batas_pembina": N_("Pembinaan: binaan paling banyak per pembimbing"),
    "distribusi.persen": N_("Distribusi predikat: tampilkan persentase"),
    "distribusi.minimum_pegawai": N_("Distribusi predikat: pegawai minimum"),
    "periode.judul_tahunan": N_("Formulir: judul periode tahunan"),
}


def parameter_label(key: str) -> str:
    """What a parameter is called on screen."""
    if key in _LABELS:
        return _(_LABELS[key])
    if key.startswith("jp.setara."):
        code = key.removeprefix("jp.setara.")
        names = {row["kode"]: row["jalur"] for row in reference_table("bentuk_pengkom")}
        return _("JP setara: {form}").format(form=names.get(code, code))
    return key
