"""Whose ratings a pasted block holds: never anybody's by the order of rows where the block itself names people."""

from __future__ import annotations

import pytest

from asn_desktop.appraisal.commands import KEEP, RatingChange
from asn_desktop.appraisal.paste import plan_paste
from asn_desktop.appraisal.predicate import Predicate, Rating

ABOVE, AS_EXPECTED, BELOW = Rating.DI_ATAS, Rating.SESUAI, Rating.DI_BAWAH
NIPS = ["198503122010011004", "198704152012012003", "199001012015031002", "197912302006041001"]
ORDER = [11, 12, 13, 14]
BY_NIP = dict(zip(NIPS, ORDER, strict=True))
NAMES = {11: "Budi Contoh", 12: "Siti Rekaan", 13: "Yusuf Cermin", 14: "Dewi Angan"}
S, A, B = "Sesuai Ekspektasi", "Di Atas Ekspektasi", "Di Bawah Ekspektasi"


def plan(text: str) -> tuple[dict[int, tuple[object, object]], list[str]]:
    """Evaluation → (hasil, perilaku), and the values that were not taken."""
    found = plan_paste(text, ORDER, BY_NIP, names=NAMES)
    taken = {change.evaluation_id: (change.result, change.behaviour) for change in found.changes}
    assert set(found.lines) == set(taken)
    return taken, [cell.value for cell in found.rejected]


@pytest.mark.parametrize(
    "text",
    [
        f"1,98503E+17\t{B}\t{A}\r\n1,98704E+17\t{S}\t{S}\r\n",
        f"1.98503E+17\t{B}\t{A}\n",
        f"198503122010011000\t{S}\t{A}\n",
        f"19850312201001100\t{S}\t{A}\n",  # a digit missing
        f"{B}\t{A}\t1,98503E+17\n",
        f"Nama Tiga\t{B}\t{A}\r\nNama Empat\t{S}\t{A}\r\n",
        f"1\tNama Tiga\t{B}\t{A}\r\n2\tNama Empat\t{S}\t{A}\r\n",
        f"{B}\t{A}\tNama Tiga\n{S}\t{S}\tNama Empat\n",
        f"Nama Satu,\nS.E\t{S}\t{A}\n",  # a wrapped cell that lost its quotes
        f"Guru\t{B}\t{A}\n",
        f"NIP\tHasil kerja\tPerilaku kerja\n\t{S}\t{A}\n",
        f"{S}\t{A}\n{S}\t{A}\nNama Tiga\t{B}\n",
    ],
)
def test_a_block_that_names_people_without_a_readable_nip_changes_nobody(text: str) -> None:
    taken, rejected = plan(text)
    assert taken == {}
    assert rejected


@pytest.mark.parametrize(
    "text, expected",
    [
        (f'{NIPS[0]}\t"Budi\nContoh, S.E"\t{S}\t{A}\r\n{NIPS[1]}\tSiti Rekaan\t{B}\t{S}\r\n', {11: (S, A), 12: (B, S)}),
        (f'"{NIPS[0]}"\t"Ketua ""Tim A""\nBidang"\t{S}\t{A}', {11: (S, A)}),
        (f'{NIPS[0]}\t"Budi Contoh\t{S}\t{A}\n{NIPS[1]}\tSiti\t{S}\t{S}', {11: (S, A), 12: (S, S)}),  # a lone quote
        (f"Yth. Ibu, berikut:\n{NIPS[0]} - {S} - {A}\n2. {NIPS[1]}: {B}, {S}\n", {11: (S, A), 12: (B, S)}),
        (f"{NIPS[0]}\t{S}\t{A}\r\n\t{B}\t{A}\r\n", {11: (S, A)}),  # merged NIP: the second line is nobody's
        (f"{B}\t{A}\tButuh Perbaikan\r\n", {11: (B, A)}),
        (f"1\t{B}\t{A}\n2\t{S}\t{S}\n", {11: (B, A), 12: (S, S)}),  # only counted
        (f"1.\t{NIPS[2]}\tYusuf Cermin\tAnalis\t{S}\t{A}\tBaik\n", {13: (S, A)}),
        (f"Hasil Kerja\tPerilaku Kerja\n{S}\t{A}\n\t\n{B}\t{S}\n", {11: (S, A), 13: (B, S)}),
    ],
)
def test_who_a_line_is_about(text: str, expected: dict[int, tuple[str, str]]) -> None:
    words = {S: AS_EXPECTED, A: ABOVE, B: BELOW}
    taken, _rejected = plan(text)
    assert taken == {number: (words[result], words[behaviour]) for number, (result, behaviour) in expected.items()}


def test_a_name_that_is_not_the_owners_keeps_its_line_out() -> None:
    block = f"{NIPS[0]}\tBudi Contoh\t{S}\t{A}\n{NIPS[1]}\tDewi Angan\t{B}\t{B}\n"
    assert plan(block) == ({11: (AS_EXPECTED, ABOVE)}, ["Dewi Angan"])


def test_names_shifted_against_the_nips_refuse_the_block() -> None:
    names = [NAMES[number] for number in (12, 13, 14, 11)]
    block = "\n".join(f"{nip}\t{name}\t{S}\t{A}" for nip, name in zip(NIPS, names, strict=True))
    found = plan_paste(block, ORDER, BY_NIP, names=NAMES)
    assert found.changes == ()
    assert "bergeser" in found.refusal
    assert len(found.rejected) == 4


def test_titles_and_spellings_of_a_name_are_no_stranger() -> None:
    block = f"NIP\tNama\tHasil kerja\tPerilaku kerja\n{NIPS[2]}\tDrs. H. Jusup Cermin, M.Si\t{S}\t{A}\n"
    found = plan_paste(block, ORDER, BY_NIP, names=NAMES)
    assert found.changes == (RatingChange(13, AS_EXPECTED, ABOVE),)
    assert "Jusup" in found.lines[13].doubt


def test_what_to_look_at_is_marked_on_its_line() -> None:
    found = plan_paste(f"{NIPS[0]}\t{S}\tentah\tButuh Perbaikan\n{NIPS[1]}\t{S}\t{S}\tBaik", ORDER, BY_NIP, names=NAMES)
    assert found.changes == (RatingChange(11, AS_EXPECTED, KEEP), RatingChange(12, AS_EXPECTED, AS_EXPECTED))
    assert (found.lines[11].row, found.lines[11].declared) == (1, Predicate.BUTUH_PERBAIKAN)
    assert found.lines[11].doubt
    assert not found.lines[12].doubt
