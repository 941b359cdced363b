"""What the people of the sample puskesmas planned and reached: RHK, IKI, targets, realisation, feedback.

Wording as in real SKPs of health posts; every figure is made up. ``reached`` holds what a person above, at and below
expectation wrote, in that order.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Indicator:
    aspect: str
    text: str
    target: str
    reached: tuple[str, str, str]
    evidence: str


@dataclass(frozen=True, slots=True)
class Result:
    """A planned result. ``supports``: which of the head's results (index into :data:`HEAD`)."""

    supports: int
    text: str
    indicators: tuple[Indicator, ...]
    kind: str = "UTAMA"


def _count(text: str, target: str, above: str, meets: str, below: str, evidence: str) -> Indicator:
    return Indicator("Kuantitas", text, target, (above, meets, below), evidence)


def _quality(text: str, target: str, above: str, meets: str, below: str, evidence: str) -> Indicator:
    return Indicator("Kualitas", text, target, (above, meets, below), evidence)


def _time(text: str, target: str, above: str, meets: str, below: str, evidence: str) -> Indicator:
    return Indicator("Waktu", text, target, (above, meets, below), evidence)


ABOVE_HEAD = "Meningkatnya derajat kesehatan masyarakat Kabupaten Contoh"
HEAD = (
    Result(0, "Meningkatnya cakupan dan mutu pelayanan kesehatan ibu, anak, dan balita di wilayah kerja puskesmas", (
        _count("Persentase ibu hamil yang mendapat pelayanan sesuai standar", "95 – 100%", "100% (212 dari 212)",
               "97% (206 dari 212)", "84% (178 dari 212)", "Laporan PWS KIA"),
        _quality("Indeks kepuasan pengguna layanan KIA", "minimal Baik", "Sangat Baik (89,4)", "Baik (81,2)",
                 "Kurang Baik (74,0)", "Rekap survei kepuasan"),
    )),
    Result(0, "Meningkatnya mutu pelayanan kesehatan perorangan di puskesmas", (
        _quality("Persentase keluhan pasien yang diselesaikan paling lama tiga hari kerja", "90 – 100%",
                 "100% (14 dari 14)", "93% (13 dari 14)", "64% (9 dari 14)", "Buku keluhan dan tindak lanjut"),
    )),
    Result(0, "Menurunnya kejadian penyakit menular dan tidak menular melalui upaya kesehatan masyarakat", (
        _count("Jumlah desa yang melaksanakan posyandu dan posbindu tiap bulan", "9 – 10 desa", "10 desa", "9 desa",
               "6 desa", "Jadwal dan daftar hadir posyandu"),
    )),
    Result(0, "Terselenggaranya tata kelola puskesmas yang tertib dan akuntabel", (
        _time("Ketepatan waktu laporan bulanan ke Dinas Kesehatan", "paling lambat tanggal 5", "tanggal 2–3",
              "tanggal 4–5", "tanggal 9", "Tanda terima laporan"),
    ), "TAMBAHAN"),
)  # fmt: skip

_DOCTOR = (
    Result(1, "Terlaksananya pelayanan pemeriksaan, pengobatan, dan rujukan pasien sesuai panduan praktik klinis", (
        _count("Jumlah pasien rawat jalan yang dilayani tiap triwulan", "900 – 1.100 pasien", "1.214 pasien",
               "1.036 pasien", "702 pasien", "Register rawat jalan"),
        _quality("Persentase rujukan nonspesialistik", "paling banyak 5%", "1,8%", "4,1%", "9,6%", "Laporan P-Care"),
    )),
    Result(2, "Terlaksananya deteksi dini hipertensi dan diabetes pada kelompok usia produktif", (
        _count("Persentase sasaran yang diskrining", "85 – 95%", "98%", "88%", "61%", "Laporan skrining PTM"),
    )),
    Result(3, "Tersusunnya tinjauan kasus sebagai bahan perbaikan mutu klinis", (
        _time("Waktu penyampaian notulen tinjauan kasus", "7 hari kerja", "4 hari kerja", "7 hari kerja",
              "15 hari kerja", "Notulen tinjauan kasus"),
    ), "TAMBAHAN"),
)  # fmt: skip
_NURSE = (
    Result(1, "Terlaksananya asuhan keperawatan yang lengkap pada pasien rawat jalan dan gawat darurat", (
        _count("Jumlah asuhan keperawatan yang terdokumentasi", "220 – 260 asuhan", "284 asuhan", "241 asuhan",
               "158 asuhan", "Rekam medis dan format askep"),
        _quality("Kelengkapan pengisian rekam medis dalam 24 jam", "95 – 100%", "100%", "96%", "79%",
                 "Hasil audit rekam medis"),
    )),
    Result(2, "Terlaksananya kunjungan rumah bagi pasien penyakit kronis dan keluarga rawan", (
        _count("Jumlah keluarga yang dikunjungi", "24 – 30 keluarga", "34 keluarga", "27 keluarga", "13 keluarga",
               "Formulir kunjungan dan foto"),
        _time("Waktu tindak lanjut temuan kunjungan", "3 – 5 hari kerja", "2 hari kerja", "4 hari kerja",
              "11 hari kerja", "Buku tindak lanjut"),
    )),
)  # fmt: skip
_MIDWIFE = (
    Result(0, "Terlaksananya pelayanan antenatal terpadu bagi ibu hamil di desa binaan", (
        _count("Persentase ibu hamil dengan enam kali pemeriksaan", "90 – 100%", "100% (41 dari 41)",
               "93% (38 dari 41)", "73% (30 dari 41)", "Kohort ibu"),
        _quality("Persentase ibu hamil berisiko tinggi yang didampingi sampai persalinan", "100%",
                 "100%, dua di antaranya dirujuk lebih awal", "100%", "82%", "Buku KIA dan catatan pendampingan"),
    )),
    Result(0, "Meningkatnya cakupan imunisasi dasar lengkap bayi di desa binaan", (
        _count("Persentase bayi dengan imunisasi dasar lengkap", "90 – 95%", "97%", "92%", "76%", "Kohort bayi"),
    )),
    Result(2, "Terbinanya kader posyandu di desa binaan", (
        _count("Jumlah kader yang dibina tiap triwulan", "15 – 20 kader", "23 kader", "17 kader", "8 kader",
               "Daftar hadir pembinaan"),
    ), "TAMBAHAN"),
)  # fmt: skip
_LABORATORY = (
    Result(1, "Terlaksananya pemeriksaan laboratorium yang tepat dan cepat", (
        _count("Jumlah pemeriksaan yang dikerjakan", "600 – 700 pemeriksaan", "756 pemeriksaan", "648 pemeriksaan",
               "470 pemeriksaan", "Register laboratorium"),
        _time("Waktu tunggu hasil pemeriksaan darah rutin", "paling lama 60 menit", "38 menit", "55 menit",
              "92 menit", "Catatan waktu layanan"),
    )),
    Result(1, "Terlaksananya pemantapan mutu internal laboratorium", (
        _quality("Persentase alat yang dikalibrasi sesuai jadwal", "100%", "100% sebelum jatuh tempo", "100%", "70%",
                 "Sertifikat kalibrasi"),
    )),
)  # fmt: skip
_NUTRITION = (
    Result(0, "Menurunnya balita dengan masalah gizi melalui pemantauan dan konseling", (
        _count("Persentase balita yang ditimbang tiap bulan", "85 – 90%", "94%", "87%", "68%", "Aplikasi e-PPGBM"),
        _quality("Persentase balita gizi kurang yang naik berat badannya", "75 – 85%", "88%", "79%", "54%",
                 "Kartu pantau balita"),
    )),
)  # fmt: skip
_PHARMACY = (
    Result(1, "Terjaminnya ketersediaan obat esensial sepanjang waktu", (
        _count("Persentase obat esensial yang tersedia", "90 – 95%", "97%", "93%", "81%", "Laporan LPLPO"),
        _quality("Persentase resep yang dilayani tanpa kesalahan", "100%", "100%, tanpa satu pun koreksi", "100%",
                 "96%", "Hasil telaah resep"),
    )),
)  # fmt: skip
_EPIDEMIOLOGY = (
    Result(2, "Terlaksananya surveilans dan penyelidikan epidemiologi di wilayah kerja", (
        _time("Waktu penyelidikan sejak laporan diterima", "paling lama 24 jam", "rata-rata 9 jam", "rata-rata 21 jam",
              "rata-rata 43 jam", "Formulir penyelidikan"),
        _count("Kelengkapan laporan mingguan penyakit", "12 – 13 laporan", "13 laporan", "12 laporan", "8 laporan",
               "Aplikasi SKDR"),
    )),
)  # fmt: skip
_SANITATION = (
    Result(2, "Meningkatnya sanitasi rumah tangga dan tempat umum", (
        _count("Jumlah sarana yang diperiksa", "40 – 50 sarana", "57 sarana", "45 sarana", "24 sarana",
               "Formulir inspeksi kesehatan lingkungan"),
    )),
)  # fmt: skip
_CLERK = (
    Result(3, "Tertibnya administrasi surat, kepegawaian, dan pendaftaran pasien", (
        _count("Jumlah surat masuk dan keluar yang teregistrasi", "180 – 220 surat", "231 surat", "204 surat",
               "127 surat", "Buku agenda"),
        _time("Waktu pendaftaran tiap pasien", "paling lama 5 menit", "rata-rata 3 menit", "rata-rata 5 menit",
              "rata-rata 9 menit", "Catatan waktu pendaftaran"),
    )),
    Result(3, "Tersusunnya arsip kepegawaian yang lengkap dan mudah ditemukan", (
        _quality("Persentase berkas pegawai yang lengkap", "90 – 100%", "100% (36 dari 36)", "94% (34 dari 36)",
                 "72% (26 dari 36)", "Daftar periksa berkas"),
    ), "TAMBAHAN"),
)  # fmt: skip

BY_POST: tuple[tuple[str, tuple[Result, ...]], ...] = (
    ("Kepala", HEAD),
    ("Dokter", _DOCTOR),
    ("Perawat", _NURSE),
    ("Bidan", _MIDWIFE),
    ("Pranata Laboratorium", _LABORATORY),
    ("Nutrisionis", _NUTRITION),
    ("Apoteker", _PHARMACY),
    ("Epidemiolog", _EPIDEMIOLOGY),
    ("Sanitarian", _SANITATION),
    ("", _CLERK),
)
"""First word of the post → what is planned for it; the last line takes everybody else."""

EXPECTATIONS = (
    ("BERORIENTASI_PELAYANAN", "Menyapa setiap pasien dan menjelaskan tindakan sebelum dilakukan."),
    ("AKUNTABEL", "Mengisi rekam medis pada hari yang sama, tanpa menunda."),
    ("KOLABORATIF", "Menyampaikan kendala pelayanan pada apel pagi, bukan menunggu rapat bulanan."),
)
ON_RESULTS = {
    "DI_ATAS": (
        "Melampaui target dengan mutu yang terjaga; layak menjadi contoh bagi rekan.",
        "Hasil jauh di atas kesepakatan. Mohon berbagi caranya pada lokakarya mini bulan depan.",
    ),
    "SESUAI": (
        "Target tercapai. Pertahankan, dan rapikan bukti dukung sejak awal triwulan.",
        "Sesuai kesepakatan. Tingkatkan ketepatan waktu pelaporan.",
    ),
    "DI_BAWAH": (
        "Belum mencapai target karena jadwal kunjungan sering tertunda. Susun jadwal mingguan bersama.",
        "Capaian masih rendah. Perlu pendampingan dan pembagian waktu yang lebih jelas.",
    ),
}
ON_BEHAVIOUR = {
    "DI_ATAS": ("Ramah, sigap, dan sering menggantikan rekan tanpa diminta.", "☺"),
    "SESUAI": ("Bekerja sama dengan baik dan tepat janji.", "👍"),
    "DI_BAWAH": ("Beberapa kali datang terlambat pada jadwal pelayanan tanpa pemberitahuan.", ""),
}
FROM_CITIZENS = "Antrean teratur dan penjelasannya mudah dimengerti."
NOTES = {
    "SANGAT_BAIK": "Diusulkan menjadi pembina bagi rekan dengan jabatan yang sama.",
    "BAIK": "Pertahankan kinerja; lengkapi bukti dukung paling lambat akhir triwulan.",
    "BUTUH_PERBAIKAN": "Diikutkan bimbingan kinerja; target ditinjau bersama tiap bulan.",
    "KURANG": "Dialog kinerja dan konseling mengenai kedisiplinan; ditinjau kembali triwulan berikutnya.",
    "SANGAT_KURANG": "Perlu rencana pembinaan segera untuk hasil kerja dan perilaku.",
}
