"""Made-up sheets for the tests of the printed forms."""

from __future__ import annotations

from datetime import date

from asn_desktop.appraisal.sheet import EvaluationSheet, Feedback, Iki, Person, Rhk, RhkKind, behaviours_with

UNIT = "Bidang Penataan Bangunan dan Jasa Konstruksi"


def person(name: str, nip: str | None, position: str) -> Person:
    return Person(name, nip, "Penata Tingkat I / III/d", position, UNIT, "Pemerintah Kabupaten Contoh")


def results() -> tuple[Rhk, ...]:
    superior = (
        "Meningkatnya kualitas bangunan gedung yang menjamin keselamatan, kesehatan, kenyamanan, dan "
        "kemudahan bagi penggunanya.\nIndikator Kinerja Individu:\n"
        "Persentase bangunan dengan nilai indeks minimal Baik"
    )
    return (
        Rhk(
            1,
            RhkKind.UTAMA,
            "Aplikasi perizinan bangunan menjalankan proses bisnis dan janji layanan sesuai ketentuan",
            superior_rhk=superior,
            ikis=(
                Iki(
                    "Kualitas",
                    "Tingkat kesesuaian fitur aplikasi dengan ketentuan",
                    "80 – 90%",
                    None,
                    "85% berdasarkan penilaian Pimpinan",
                    (Feedback("PIMPINAN", None, "bagus! Pertahankan", "👍"),),
                ),
                Iki(
                    "Kuantitas",
                    "Persentase penyelesaian aplikasi yang siap digunakan",
                    "80 – 90% sistem aplikasi siap digunakan",
                    None,
                    "85% berdasarkan penilaian Pimpinan",
                    (
                        Feedback(
                            "PIMPINAN",
                            None,
                            "Secara keseluruhan aplikasi siap digunakan. Meskipun beberapa bagian masih "
                            "terkadang keliru namun dapat segera diatasi.",
                            "☺",
                        ),
                    ),
                ),
                Iki(
                    "Waktu",
                    "Ketepatan waktu penyelesaian aplikasi sesuai dengan jadwal yang ditetapkan",
                    "7-8 bulan",
                    None,
                    "9 bulan berdasarkan data peluncuran aplikasi",
                    (Feedback("PIMPINAN", None, "Peluncuran aplikasi terlambat dari jadwal yang ditetapkan", "☹"),),
                ),
            ),
        ),
        Rhk(
            2,
            RhkKind.UTAMA,
            "Respons yang cepat dan akurat atas pengaduan masyarakat dan permohonan konsultasi izin",
            superior_rhk=superior,
            ikis=(
                Iki(
                    "Kuantitas",
                    "Persentase penyelesaian pengaduan masyarakat dan pengelola atas layanan izin",
                    "80 – 90% dari jumlah pengaduan yang diajukan",
                    None,
                    "90% berdasarkan data aktif pengaduan yang terdokumentasi",
                    (Feedback("REKAN", "Siti Contoh", "selalu siap membantu ketika loket penuh"),),
                ),
                Iki(
                    "Waktu",
                    "Rata-rata waktu yang dibutuhkan untuk memproses layanan pengaduan",
                    "2-3 hari setelah pengaduan disampaikan",
                    None,
                    "1 hari berdasarkan data aktif pengaduan",
                    (Feedback("PIHAK_LAIN", "Forum Warga", "jawaban jelas dan cepat"),),
                ),
            ),
        ),
    )


def filled(name: str = "Budi Contoh, S.T.", nip: str = "199001012015031001", **changes: object) -> EvaluationSheet:
    values: dict[str, object] = {
        "period_title": "TRIWULAN III",
        "agency": "Pemerintah Kabupaten Contoh",
        "skp_starts": date(2026, 1, 2),
        "skp_ends": date(2026, 12, 31),
        "employee": person(name, nip, "Penata Kelola Bangunan Gedung Ahli Muda"),
        "assessor": person("Dra. Rina Contoh, M.Si.", "197505052000032001", "Kepala Bidang"),
        "superior": person("Ir. Hasan Contoh, M.T.", "197001011995031001", "Kepala Dinas"),
        "organisation_result": "BAIK",
        "result_rating": "SESUAI",
        "behaviour_rating": "DI_ATAS",
        "predicate": "BAIK",
        "notes": "Pertahankan mutu layanan; ikuti pelatihan pengelolaan data pada triwulan berikutnya.",
        "place": "Blangpidie",
        "signed_on": date(2026, 9, 30),
        "rhks": results(),
        "behaviours": behaviours_with(
            {"AKUNTABEL": "- Berani berterus terang dan mengakui kesalahan\n- Laporan tepat waktu"},
            {
                "BERORIENTASI_PELAYANAN": (
                    Feedback("PIHAK_LAIN", None, "ketika menjelaskan mudah dipahami dan sabar"),
                    Feedback(
                        "PIMPINAN",
                        None,
                        "dapat diandalkan ketika ada hal yang membutuhkan penyelesaian segera.",
                    ),
                )
            },
        ),
        "sample": True,
    }
    values.update(changes)
    return EvaluationSheet(**values)  # type: ignore[arg-type]
