"""Forms C.1.3 per second, against a bare reportlab table of the same cells in the same run.

    uv run python benchmarks/print_forms.py --count 200

Two yardsticks, both with the same fonts, sizes, page and column widths, a grid, and one table per section:

* *Paragraphs*: every text as a reportlab Paragraph, which wraps it in its column as the form does;
* *strings*: every text as a bare string, which reportlab neither measures nor wraps (text overflows its cell),
  so it is only a lower bound.

Neither repeats "(lanjutan)", keeps bands with what follows, counts pages per person or draws signatures.
"""

from __future__ import annotations

import argparse
import io
import time
from collections.abc import Callable
from datetime import date
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

from asn_desktop.appraisal.sheet import EvaluationSheet, Feedback, Iki, Person, Rhk, RhkKind, behaviours_with
from asn_desktop.reports.fonts import Face, register_fonts
from asn_desktop.reports.layout import PAD_X, PAD_Y, Paper
from asn_desktop.reports.registry import FORMS, render
from asn_desktop.reports.result_form import HEADINGS, TITLES, identity_lines
from asn_desktop.reports.wording import NOTE_ONE, NOTE_PATTERN, NOTE_PERIOD, feedback_paragraphs

Text = Callable[[str], object]


def sample(number: int) -> EvaluationSheet:
    """One made-up employee: three results with two or three indicators, feedback on three values."""
    leader = (
        "Meningkatnya kualitas layanan perizinan bangunan gedung yang cepat, mudah, dan terjangkau bagi masyarakat. "
        "Indikator Kinerja Individu: Persentase permohonan yang selesai sesuai janji layanan minimal Baik"
    )
    rhks = tuple(
        Rhk(
            n,
            RhkKind.UTAMA if n < 3 else RhkKind.TAMBAHAN,
            f"Tersusunnya layanan bidang ke-{number % 40 + n} yang lengkap, akurat, dan tepat waktu sesuai standar",
            superior_rhk=leader,
            ikis=tuple(
                Iki(
                    aspect,
                    f"Persentase penyelesaian pekerjaan {aspect.lower()} kelompok {number} sesuai standar layanan",
                    f"{80 + (number + n) % 15} – 95% dari jumlah permohonan",
                    None,
                    f"{82 + (number * n) % 17}% berdasarkan data aktif berkas nomor {number * 7 + n}",
                    (Feedback("PIMPINAN", None, f"hasil kelompok {number} baik, tingkatkan kecepatan layanan", "☺"),),
                )
                for aspect in ("Kuantitas", "Kualitas", "Waktu")[: 2 + n % 2]
            ),
        )
        for n in (1, 2, 3)
    )
    remarks = (
        Feedback("PIMPINAN", None, f"pegawai ke-{number} dapat diandalkan untuk penyelesaian segera"),
        Feedback("REKAN", f"Rekan {number}", "bersedia membantu rekan lain ketika loket penuh"),
    )
    return EvaluationSheet(
        "TRIWULAN III",
        "Pemerintah Kabupaten Contoh",
        date(2026, 1, 2),
        date(2026, 12, 31),
        Person(
            f"Pegawai Contoh {number}, S.T.", f"19900101{number:010d}", "Penata / III/c", "Penata Kelola", "Bidang I"
        ),
        Person("Dra. Rina Contoh, M.Si.", "197505052000032001", "Pembina / IV/a", "Kepala Bidang", "Bidang I"),
        organisation_result="BAIK",
        result_rating="SESUAI",
        behaviour_rating="SESUAI",
        predicate="BAIK",
        place="Blangpidie",
        signed_on=date(2026, 9, 30),
        rhks=rhks,
        behaviours=behaviours_with(
            {"AKUNTABEL": f"- Laporan kelompok {number} tepat waktu"},
            {"KOMPETEN": remarks, "HARMONIS": remarks[:1], "KOLABORATIF": remarks[1:]},
        ),
        sample=True,
    )


def bare_tables(sheets: list[EvaluationSheet], text: Text) -> bytes:
    """The same cells in reportlab's own tables."""
    form = FORMS["C.1.3"]
    frame = form.frame(Paper.F4)
    out = io.BytesIO()
    document = SimpleDocTemplate(
        out,
        pagesize=(frame.width, frame.height),
        leftMargin=frame.left - 6,
        rightMargin=frame.right - 6,
        topMargin=frame.top - 6,
        bottomMargin=frame.bottom - 6,
        invariant=1,
    )
    style = [
        ("GRID", (0, 0), (-1, -1), 0.5, "black"),
        ("FONT", (0, 0), (-1, -1), Face.REGULAR.value, form.sizes[Paper.F4]),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), PAD_X),
        ("RIGHTPADDING", (0, 0), (-1, -1), PAD_X),
        ("TOPPADDING", (0, 0), (-1, -1), PAD_Y),
        ("BOTTOMPADDING", (0, 0), (-1, -1), PAD_Y),
    ]

    def table(rows: list[list[str]], percent: tuple[float, ...], repeat: int = 0) -> Table:
        widths = [share * frame.inner_width / 100 for share in percent]
        cells = [[text(words) if words else "" for words in row] for row in rows]
        return Table(cells, widths, style=style, repeatRows=repeat)

    story: list[object] = []
    for sheet in sheets:
        story.append(table([[line] for line in (*TITLES, f"PERIODE: {sheet.period_title}")], (100,)))
        people = zip(identity_lines(sheet.employee), identity_lines(sheet.assessor), strict=True)
        story.append(
            table(
                [["", "PEGAWAI YANG DINILAI", "", "", "PEJABAT PENILAI KINERJA", ""]]
                + [[str(n), a, b or "", str(n), c, d or ""] for n, ((a, b), (c, d)) in enumerate(people, start=1)],
                (4, 19, 27, 4, 20, 26),
            )
        )
        story.append(table([["CAPAIAN KINERJA ORGANISASI*"], ["BAIK"], ["POLA DISTRIBUSI:"]], (100,)))
        rows = [["HASIL KERJA", *[""] * 7], list(HEADINGS), [f"({n})" for n in range(1, 9)], ["A. UTAMA", *[""] * 7]]
        for rhk in sheet.rhks:
            for index, iki in enumerate(rhk.ikis):
                own = ("", "", "") if index else (str(rhk.number), rhk.superior_rhk or "", rhk.text or "")
                rows.append(
                    [
                        *own,
                        iki.aspect or "",
                        iki.text or "",
                        iki.target or "",
                        iki.realisation or "",
                        remarks(iki.feedback),
                    ]
                )
        rows.append(["B. TAMBAHAN", *[""] * 7])
        story.append(table(rows, (5, 14, 12, 8, 15, 11, 13, 22), repeat=3))
        story.append(table([["RATING HASIL KERJA*"], ["SESUAI EKSPEKTASI**"]], (100,)))
        rows = [["", "PERILAKU KERJA", "", HEADINGS[-1]]]
        for number, value in enumerate(sheet.behaviours, start=1):
            rows.append([str(number), value.value, "", ""])
            guidance = "\n".join(f"- {words}" for words in value.guidance)
            asked = f"Ekspektasi Khusus Pimpinan:\n{value.expectation or ''}"
            rows.append(["", guidance, asked, remarks(value.feedback)])
        story.append(table(rows, (5, 48, 25, 22), repeat=1))
        end = ["RATING PERILAKU KERJA*", "SESUAI EKSPEKTASI**", "PREDIKAT KINERJA PEGAWAI*", "BAIK"]
        end += ["Blangpidie, 30 September 2026", "Pejabat Penilai Kinerja", sheet.assessor.name or "", "NIP"]
        story.append(table([[words] for words in (*end, NOTE_ONE, NOTE_PATTERN, NOTE_PERIOD)], (100,)))
        story.append(PageBreak())
    document.build(story)
    return out.getvalue()


def remarks(feedback: tuple[Feedback, ...]) -> str:
    return "\n".join("".join(run.text for run in runs) for runs in feedback_paragraphs(feedback))


def paragraph_cell(size: float) -> Text:
    style = ParagraphStyle("cell", fontName=Face.REGULAR.value, fontSize=size, leading=size * 1.24, alignment=TA_LEFT)
    return lambda words: Paragraph(escape(words).replace("\n", "<br/>"), style)


def forms(sheets: list[EvaluationSheet]) -> bytes:
    out = io.BytesIO()
    render("C.1.3", sheets, out, Paper.F4)
    return out.getvalue()


def seconds(work: Callable[[], bytes]) -> tuple[float, int]:
    started = time.perf_counter()
    data = work()
    return time.perf_counter() - started, len(data)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=200, help="forms in one PDF (default 200)")
    parser.add_argument("--rounds", type=int, default=2, help="rounds; the fastest counts (default 2)")
    arguments = parser.parse_args()
    sheets = [sample(number) for number in range(arguments.count)]
    size = FORMS["C.1.3"].sizes[Paper.F4]
    register_fonts()
    forms(sheets[:2])  # both sides with loaded fonts
    bare_tables(sheets[:2], paragraph_cell(size))
    works: dict[str, Callable[[], bytes]] = {
        "forms C.1.3": lambda: forms(sheets),
        "bare table, Paragraphs": lambda: bare_tables(sheets, paragraph_cell(size)),
        "bare table, strings": lambda: bare_tables(sheets, str),
    }
    best = {name: min(seconds(work) for _ in range(arguments.rounds)) for name, work in works.items()}
    for name, (elapsed, length) in best.items():
        print(f"{name:24} {elapsed:7.2f} s  {arguments.count / elapsed:7.1f} forms/s  {length / 1024:8.0f} KiB")
    own = best["forms C.1.3"][0]
    print(f"factor to Paragraphs: {own / best['bare table, Paragraphs'][0]:.2f} (aim below 1.50)")
    print(f"factor to strings:    {own / best['bare table, strings'][0]:.2f}")


if __name__ == "__main__":
    main()
