"""The made-up district: its units with their heads' posts, and the posts people hold in each kind of unit.

Structure and post names are those of real districts; every place name is invented ("Contoh").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

LEVEL_NAMES = {
    "JPT_PRATAMA": "JPT Pratama", "ADMINISTRATOR": "Administrator", "PENGAWAS": "Pengawas",
    "AHLI_PERTAMA": "Ahli Pertama", "AHLI_MUDA": "Ahli Muda", "AHLI_MADYA": "Ahli Madya",
    "TERAMPIL": "Terampil", "MAHIR": "Mahir", "PENYELIA": "Penyelia",
    "KLEREK": "Klerek", "OPERATOR": "Operator",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Post:
    """A post with the golongan range (order 1–17 as PNS) and schooling of who holds it.

    ``kind`` is MANAJERIAL, FUNGSIONAL or PELAKSANA; ``pppk`` is the golongan a PPPK in it has ("" if none may).
    """

    title: str
    kind: str
    level: str
    lowest: int
    highest: int
    education: tuple[str, str]
    title_back: str = ""
    title_front: str = ""
    pppk: str = ""
    weight: int = 1
    echelon: str = ""


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """A unit below ``parent`` (code; empty for an OPD). ``staff`` weighs how many people it gets."""

    code: str
    name: str
    parent: str
    head: Post
    posts: str
    staff: int
    workdays: int = 5

    @property
    def kind(self) -> str:
        return "OPD" if not self.parent else "UNIT"


def _head(title: str, level: str, echelon: str, lowest: int, highest: int) -> Post:
    school = ("S-2", "S-2 Administrasi Publik") if level == "JPT_PRATAMA" else ("S-1", "S-1 Ilmu Pemerintahan")
    back = "S.IP., M.Si." if level == "JPT_PRATAMA" else "S.IP."
    return Post(title, "MANAJERIAL", level, lowest, highest, school, back, echelon=echelon)


def _jf(title: str, level: str, low: int, high: int, education: tuple[str, str], back: str, weight: int,
        pppk: str = "", front: str = "") -> Post:  # fmt: skip
    return Post(f"{title} {LEVEL_NAMES[level]}", "FUNGSIONAL", level, low, high, education, back, front, pppk, weight)


def _expert(title: str, education: tuple[str, str], back: str, weight: int, front: str = "") -> list[Post]:
    return [
        _jf(title, "AHLI_PERTAMA", 9, 10, education, back, weight * 2, "IX", front),
        _jf(title, "AHLI_MUDA", 11, 12, education, back, weight * 2, "", front),
        _jf(title, "AHLI_MADYA", 13, 15, education, back, weight, "", front),
    ]


def _skilled(title: str, education: tuple[str, str], back: str, weight: int) -> list[Post]:
    return [
        _jf(title, "TERAMPIL", 6, 8, education, back, weight * 2, "VII"),
        _jf(title, "MAHIR", 9, 10, education, back, weight * 2),
        _jf(title, "PENYELIA", 11, 12, education, back, weight),
    ]


def _clerk(title: str, level: str, weight: int, pppk: str = "V") -> Post:
    return Post(title, "PELAKSANA", level, 5, 9, ("SLTA", "SMA/SMK"), pppk=pppk, weight=weight)


_OFFICE = [
    *_expert("Analis Kebijakan", ("S-1", "S-1 Administrasi Negara"), "S.AP.", 2),
    *_expert("Perencana", ("S-1", "S-1 Ekonomi Pembangunan"), "S.E.", 1),
    *_expert("Analis Sumber Daya Manusia Aparatur", ("S-1", "S-1 Manajemen"), "S.E.", 1),
    *_skilled("Arsiparis", ("D-III", "D-III Kearsipan"), "A.Md.", 1),
    *_skilled("Pranata Komputer", ("D-III", "D-III Teknik Informatika"), "A.Md.Kom.", 1),
    _clerk("Pengadministrasi Perkantoran", "KLEREK", 8),
    _clerk("Pengelola Layanan Operasional", "OPERATOR", 5),
    _clerk("Operator Layanan Operasional", "OPERATOR", 3),
    Post("Penelaah Teknis Kebijakan", "PELAKSANA", "KLEREK", 9, 12, ("S-1", "S-1 Ilmu Hukum"), "S.H.",
         pppk="IX", weight=8),
]  # fmt: skip
_HEALTH = [
    *_expert("Dokter", ("S-1", "Profesi Dokter"), "", 1, "dr."),
    *_expert("Dokter Gigi", ("S-1", "Profesi Dokter Gigi"), "", 1, "drg."),
    *_expert("Perawat", ("S-1", "Profesi Ners"), "S.Kep., Ns.", 3),
    *_skilled("Perawat", ("D-III", "D-III Keperawatan"), "A.Md.Kep.", 4),
    *_skilled("Bidan", ("D-III", "D-III Kebidanan"), "A.Md.Keb.", 5),
    *_expert("Epidemiolog Kesehatan", ("S-1", "S-1 Kesehatan Masyarakat"), "S.K.M.", 1),
    *_skilled("Pranata Laboratorium Kesehatan", ("D-III", "D-III Analis Kesehatan"), "A.Md.Kes.", 1),
    *_skilled("Nutrisionis", ("D-III", "D-III Gizi"), "A.Md.Gz.", 1),
    *_skilled("Sanitarian", ("D-III", "D-III Kesehatan Lingkungan"), "A.Md.Kes.", 1),
    *_expert("Apoteker", ("S-1", "Profesi Apoteker"), "S.Farm., Apt.", 1),
    _clerk("Pengadministrasi Perkantoran", "KLEREK", 3),
]


def _teachers(subjects: list[tuple[str, str]]) -> list[Post]:
    posts = []
    for title, study in subjects:
        posts += _expert(title, ("S-1", study), "S.Pd.", 3)
    return [*posts, _clerk("Operator Layanan Operasional", "OPERATOR", 3), _clerk("Penjaga Sekolah", "OPERATOR", 2)]


POSTS: dict[str, list[Post]] = {
    "office": _OFFICE,
    "health": _HEALTH,
    "sd": _teachers([
        ("Guru Kelas", "S-1 PGSD"), ("Guru Kelas", "S-1 PGSD"), ("Guru Pendidikan Agama Islam", "S-1 PAI"),
        ("Guru PJOK", "S-1 Pendidikan Jasmani"),
    ]),
    "smp": _teachers([
        ("Guru Matematika", "S-1 Pendidikan Matematika"), ("Guru Bahasa Indonesia", "S-1 Pendidikan Bahasa"),
        ("Guru IPA", "S-1 Pendidikan Biologi"), ("Guru IPS", "S-1 Pendidikan Sejarah"),
        ("Guru Bahasa Inggris", "S-1 Pendidikan Bahasa Inggris"), ("Guru Bimbingan dan Konseling", "S-1 BK"),
    ]),
}  # fmt: skip

PLACES = (
    "Contoh Utara", "Contoh Selatan", "Contoh Timur", "Contoh Barat", "Muara Contoh", "Tanjung Contoh",
    "Batu Contoh", "Lembah Contoh", "Pulau Contoh", "Rantau Contoh", "Bukit Contoh", "Teluk Contoh",
)  # fmt: skip

_OFFICES: tuple[tuple[str, str, tuple[str, ...], int], ...] = (
    ("Inspektorat Daerah", "Inspektur", ("Inspektorat Pembantu Wilayah I", "Inspektorat Pembantu Wilayah II"), 3),
    ("Badan Kepegawaian dan Pengembangan Sumber Daya Manusia", "Kepala Badan",
     ("Bidang Mutasi dan Promosi", "Bidang Pengembangan Kompetensi", "Bidang Penilaian Kinerja Aparatur"), 4),
    ("Badan Perencanaan Pembangunan Daerah", "Kepala Badan",
     ("Bidang Ekonomi dan Infrastruktur", "Bidang Pemerintahan dan Sosial Budaya"), 3),
    ("Badan Pengelolaan Keuangan dan Pendapatan Daerah", "Kepala Badan",
     ("Bidang Anggaran", "Bidang Perbendaharaan", "Bidang Pendapatan"), 4),
    ("Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu", "Kepala Dinas",
     ("Bidang Penanaman Modal", "Bidang Pelayanan Perizinan", "Bidang Pengaduan dan Pelaporan Layanan"), 4),
    ("Dinas Kependudukan dan Pencatatan Sipil", "Kepala Dinas",
     ("Bidang Pelayanan Pendaftaran Penduduk", "Bidang Pelayanan Pencatatan Sipil"), 4),
    ("Dinas Pekerjaan Umum dan Penataan Ruang", "Kepala Dinas",
     ("Bidang Bina Marga", "Bidang Cipta Karya", "Bidang Sumber Daya Air"), 4),
    ("Dinas Sosial", "Kepala Dinas", ("Bidang Rehabilitasi Sosial", "Bidang Pemberdayaan Sosial"), 3),
    ("Dinas Pertanian dan Pangan", "Kepala Dinas", ("Bidang Tanaman Pangan", "Bidang Penyuluhan"), 4),
    ("Dinas Perhubungan", "Kepala Dinas", ("Bidang Lalu Lintas", "Bidang Angkutan"), 3),
    ("Dinas Komunikasi, Informatika, dan Persandian", "Kepala Dinas",
     ("Bidang Informasi Publik", "Bidang Layanan E-Government"), 3),
    ("Satuan Polisi Pamong Praja dan Wilayatul Hisbah", "Kepala Satuan", ("Bidang Ketertiban Umum",), 3),
)  # fmt: skip


def units(size: int) -> list[UnitPlan]:
    """The units of a district with about ``size`` employees: more schools and puskesmas for more people."""
    districts = min(len(PLACES), max(4, size // 250))
    clinics = max(5, size // 220)
    primary = max(10, size // 75)
    middle = max(5, size // 200)
    return [
        *_secretariat(),
        *_education(primary, middle),
        *_health(clinics),
        *(unit for number, office in enumerate(_OFFICES, 4) for unit in _office(f"{number:02}", *office)),
        *_districts(4 + len(_OFFICES), districts),
    ]


def _secretariat() -> Iterator[UnitPlan]:
    yield UnitPlan("01", "Sekretariat Daerah", "", _head("Sekretaris Daerah", "JPT_PRATAMA", "II.a", 15, 16),
                   "office", 1)  # fmt: skip
    names = ("Tata Pemerintahan", "Hukum", "Organisasi", "Kesejahteraan Rakyat", "Pengadaan Barang dan Jasa", "Umum")
    for number, name in enumerate(names, 1):
        head = _head(f"Kepala Bagian {name}", "ADMINISTRATOR", "III.a", 12, 14)
        yield UnitPlan(f"01.{number:02}", f"Bagian {name}", "01", head, "office", 2)


def _education(primary: int, middle: int) -> Iterator[UnitPlan]:
    yield from _office("02", "Dinas Pendidikan dan Kebudayaan", "Kepala Dinas",
                       ("Bidang Pembinaan Sekolah Dasar", "Bidang Pembinaan Sekolah Menengah Pertama",
                        "Bidang Guru dan Tenaga Kependidikan"), 4)  # fmt: skip
    principal = Post("Kepala Sekolah", "FUNGSIONAL", "AHLI_MADYA", 13, 14, ("S-1", "S-1 Kependidikan"), "S.Pd.")
    for index in range(primary):
        name = f"SD Negeri {index // len(PLACES) + 1} {PLACES[index % len(PLACES)]}"
        yield UnitPlan(f"02.S{index + 1:03}", name, "02", principal, "sd", 6, workdays=6)
    for index in range(middle):
        name = f"SMP Negeri {index // len(PLACES) + 1} {PLACES[index % len(PLACES)]}"
        yield UnitPlan(f"02.M{index + 1:03}", name, "02", principal, "smp", 9, workdays=6)


def _health(clinics: int) -> Iterator[UnitPlan]:
    yield from _office("03", "Dinas Kesehatan", "Kepala Dinas",
                       ("Bidang Kesehatan Masyarakat", "Bidang Pencegahan dan Pengendalian Penyakit",
                        "Bidang Pelayanan Kesehatan"), 4)  # fmt: skip
    head = Post("Kepala Puskesmas", "FUNGSIONAL", "AHLI_MUDA", 11, 13, ("S-1", "S-1 Kesehatan Masyarakat"), "S.K.M.")
    for index in range(clinics):
        suffix = f" {index // len(PLACES) + 1}" if index >= len(PLACES) else ""
        name = f"UPTD Puskesmas {PLACES[index % len(PLACES)]}{suffix}"
        yield UnitPlan(f"03.P{index + 1:03}", name, "03", head, "health", 14, workdays=6)


def _office(code: str, name: str, leader: str, sections: tuple[str, ...], staff: int) -> Iterator[UnitPlan]:
    yield UnitPlan(
        code, name, "", _head(f"{leader} {_short(name)}".strip(), "JPT_PRATAMA", "II.b", 14, 15), "office", 0
    )
    head = _head("Sekretaris", "ADMINISTRATOR", "III.a", 12, 14)
    yield UnitPlan(f"{code}.01", "Sekretariat", code, head, "office", staff)
    for number, section in enumerate(sections, 2):
        title = section.replace("Inspektorat", "Inspektur") if leader == "Inspektur" else f"Kepala {section}"
        yield UnitPlan(f"{code}.{number:02}", section, code, _head(title, "ADMINISTRATOR", "III.b", 11, 13),
                       "office", staff)  # fmt: skip


def _short(name: str) -> str:
    """ "Dinas Sosial" → "Sosial": the head's post names the office only once."""
    first, _space, rest = name.partition(" ")
    return rest if first in ("Dinas", "Badan", "Satuan", "Inspektorat") else name


def _districts(first: int, count: int) -> Iterator[UnitPlan]:
    for index in range(count):
        code = f"{first + index:02}"
        place = PLACES[index]
        yield UnitPlan(code, f"Kecamatan {place}", "", _head("Camat", "ADMINISTRATOR", "III.a", 12, 14), "office", 3)
        for number, ward in enumerate(("Pasar", "Pantai"), 1):
            yield UnitPlan(f"{code}.{number:02}", f"Kelurahan {ward} {place}", code,
                           _head("Lurah", "PENGAWAS", "IV.a", 10, 12), "office", 2)  # fmt: skip
