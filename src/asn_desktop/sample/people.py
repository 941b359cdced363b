"""Made-up employees of *Kabupaten Contoh*: any number, always the same for one seed.

Used by the sample office, the tests and the benchmarks. Names are combined at random and NIPs are valid by
structure only; nobody in here exists.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from asn_desktop.core.ranks import pns_ranks
from asn_desktop.personnel import rules
from asn_desktop.personnel.model import Employee
from asn_desktop.reference.model import Unit
from asn_desktop.reference.queries import OfficeRow
from asn_desktop.reference.rules import match_name
from asn_desktop.sample import structures
from asn_desktop.sample.structures import POSTS, Post, UnitPlan
from asn_desktop.storage.unit_of_work import UnitOfWork

SAMPLE_OFFICE = OfficeRow(
    code="99.01",
    name="BKPSDM Kabupaten Contoh",
    agency="Pemerintah Kabupaten Contoh",
    place="Kota Contoh",
    role="district",
    sample=True,
)
TODAY = date(2026, 10, 6)
"""The day the sample is made up for: nobody in it is appointed later."""

_MALE_TEXT = (
    "Ahmad Rahmat Yusuf Hendra Burhan Zulkifli Iskandar Teuku Syahrul Ferdinand Melkianus Joko Wahyu Petrus Marthen "
    "Saiful Ibrahim Agus Budi Dedi Eko Fajar Gunawan Hasan Irwan Junaidi Kurniawan Lukman Made Nyoman Oktavianus "
    "Pandu Rizal Samuel Taufik Umar Viktor Yohanes Arifin Baharuddin"
)
_FEMALE_TEXT = (
    "Siti Dewi Ratna Indah Marlina Fatimah Cut Nurhayati Rosmawati Kartini Yanti Putri Maria Salmah Rohani Zubaidah "
    "Aisyah Elisabeth Theresia Wulan Sri Endang Fitri Halimah Intan Juwita Kadek Lestari Mega Novita Oktavia "
    "Permata Rahayu Sari Tuti Ulfa Vera Yulianti Agustina Debora"
)
_FAMILY_TEXT = (
    "Hidayat Daud Siregar Lubis Harahap Syahputra Wulandari Umar Nasution Ismail Tarigan Basri Sembiring Gobel "
    "Pakaya Manurung Kleden Adoe Usman Pratama Wijaya Kusuma Setiawan Mohamad Saputra Ramadhan Halim Simanjuntak "
    "Pohan Tanjung Bakri Hasibuan Mamonto Lapian Nenobais Tallo Banunaek Latief Yunus Abdullah Syarif Hutapea "
    "Rangkuti Maulana"
)
_MALE, _FEMALE, _FAMILY = _MALE_TEXT.split(), _FEMALE_TEXT.split(), _FAMILY_TEXT.split()
_TOWNS = ("Kota Contoh", "Contoh Utara", "Muara Contoh", "Tanjung Contoh", "Bukit Contoh", "Lembah Contoh")
_RELIGIONS = ("Islam",) * 12 + ("Kristen", "Kristen", "Katolik", "Hindu", "Buddha")


@dataclass(frozen=True, slots=True)
class People:
    """A made-up district. ``employees[i]`` works in ``places[i]`` (unit code); ``heads`` maps code → index."""

    units: Sequence[UnitPlan]
    employees: Sequence[dict[str, Any]]
    places: Sequence[str]
    heads: dict[str, int]


def make(size: int, seed: int = 2026) -> People:
    """``size`` employees (at least one head per unit, so a very small size is rounded up to that)."""
    chance = random.Random(seed)
    plans = structures.units(size)
    maker = _Maker(chance)
    employees: list[dict[str, Any]] = []
    places: list[str] = []
    heads: dict[str, int] = {}
    for plan in plans:
        heads[plan.code] = len(employees)
        employees.append(maker.person(plan.head, is_head=True))
        places.append(plan.code)
    weights = [plan.staff for plan in plans]
    for plan in chance.choices(plans, weights=weights, k=max(0, size - len(plans))):
        posts = POSTS[plan.posts]
        post = chance.choices(posts, weights=[post.weight for post in posts])[0]
        employees.append(maker.person(post))
        places.append(plan.code)
    return People(plans, employees, places, heads)


def plant(uow: UnitOfWork, people: People) -> list[int]:
    """Insert units, employees and heads; the office with its root unit exists. Returns the employees' ids."""
    root = uow.connection.execute(select(Unit.id, Unit.kind).where(Unit.kind == "INSTANSI")).one().id
    ids = _plant_units(uow, people.units, root)
    rows = [
        {**employee, "unit_id": ids[place]} for employee, place in zip(people.employees, people.places, strict=True)
    ]
    numbers = uow.insert_many(Employee, rows)
    uow.update_many(Unit, [(ids[code], {"head_id": numbers[index]}) for code, index in people.heads.items()])
    uow.update(Unit, root, {"head_name": "H. Contoh Rekaan, S.E.", "head_position": "Bupati Contoh"})
    return numbers


def _plant_units(uow: UnitOfWork, plans: Sequence[UnitPlan], root: int) -> dict[str, int]:
    offices = [plan for plan in plans if not plan.parent]
    others = [plan for plan in plans if plan.parent]

    def row(plan: UnitPlan, parent: int, opd: int | None) -> dict[str, Any]:
        return {
            "code": plan.code, "name": plan.name, "match_name": match_name(plan.name), "kind": plan.kind,
            "parent_id": parent, "opd_id": opd, "workdays": plan.workdays,
        }  # fmt: skip

    numbers = uow.insert_many(Unit, [row(plan, root, None) for plan in offices])
    ids = {plan.code: number for plan, number in zip(offices, numbers, strict=True)}
    uow.update_many(Unit, [(number, {"opd_id": number}) for number in numbers])
    below = uow.insert_many(Unit, [row(plan, ids[plan.parent], ids[plan.parent]) for plan in others])
    return ids | {plan.code: number for plan, number in zip(others, below, strict=True)}


class _Maker:
    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._sequences: dict[str, int] = {}

    def person(self, post: Post, *, is_head: bool = False) -> dict[str, Any]:
        chance = self._chance
        sex = chance.choice("LP")
        pppk = bool(post.pppk) and chance.random() < 0.5
        appointed, birth = self._dates(post, pppk, is_head)
        nip = self._nip(birth, appointed, sex, pppk)
        kind = "PPPK" if pppk else ("CPNS" if (TODAY - appointed).days < 400 else "PNS")
        if pppk and post.kind == "PELAKSANA" and chance.random() < 0.2:
            kind = "PPPK_PARUH_WAKTU"
        years = (TODAY - appointed).days // 365
        rank = post.pppk if pppk else pns_ranks()[self._rank(post, years) - 1].code
        values: dict[str, Any] = {
            "nip": nip,
            "name": self._name(sex),
            "title_front": post.title_front or None,
            "title_back": post.title_back or None,
            "birth_place": chance.choice(_TOWNS),
            "birth_date": birth,
            "sex": sex,
            "religion": chance.choice(_RELIGIONS),
            "marital_status": chance.choice(("Kawin", "Kawin", "Kawin", "Belum Kawin", "Cerai Hidup")),
            "employment_kind": kind,
            "legal_status": "Aktif",
            "cpns_tmt": appointed,
            "pns_tmt": None if pppk or kind == "CPNS" else _years_later(appointed, 1),
            "rank": rank,
            "rank_tmt": _april_or_october(chance, appointed),
            "service_years": years,
            "service_months": chance.randrange(12),
            "position_kind": post.kind,
            "position": post.title,
            "position_level": structures.LEVEL_NAMES[post.level],
            "echelon": post.echelon or None,
            "job_class": {"MANAJERIAL": 11, "FUNGSIONAL": 8, "PELAKSANA": 5}[post.kind] + chance.randrange(3),
            "position_tmt": max(appointed, date(2019 + chance.randrange(7), chance.randrange(1, 13), 1)),
            "education_level": post.education[0],
            "education": post.education[1],
            "graduation_year": birth.year + chance.randint(18, 23),
            "salary_step_tmt": date(2025 + chance.randrange(2), appointed.month, 1),
            "contract_end": _years_later(appointed, 5) - timedelta(days=1) if pppk else None,
        }
        return rules.employee_values(values)

    def _dates(self, post: Post, pppk: bool, is_head: bool) -> tuple[date, date]:
        """Day of appointment and of birth, for somebody still below retirement age on :data:`TODAY`."""
        chance = self._chance
        oldest = 58 if post.level not in ("JPT_PRATAMA", "AHLI_MADYA") else 60
        youngest = {True: 38, False: 23}[is_head] + max(0, post.lowest - 9) * 2
        if pppk:
            appointed = date(chance.choice((2021, 2022, 2023, 2024, 2025)), chance.choice((3, 5, 6)), 1)
            age = chance.randint(22, 50)
        else:
            age_now = chance.randint(min(youngest, oldest - 4), oldest - 1)
            age = chance.randint(20, min(35, age_now - 1))
            appointed = date(TODAY.year - (age_now - age), chance.choice((1, 3, 4, 12)), 1)
            if appointed >= TODAY:
                appointed = date(TODAY.year, 3, 1)
        month, day = chance.randint(1, appointed.month), chance.randint(1, 28)
        # Birthdays all over the year, also for the many who were appointed in January.
        return appointed, date(appointed.year - age, (5 * month + day) % 12 + 1, day)

    def _nip(self, birth: date, appointed: date, sex: str, pppk: bool) -> str:
        month = "21" if pppk else f"{appointed.month:02}"
        head = f"{birth:%Y%m%d}{appointed.year}{month}{'1' if sex == 'L' else '2'}"
        number = self._sequences.get(head, 0) + 1
        self._sequences[head] = number
        return f"{head}{number:03}"

    def _name(self, sex: str) -> str:
        chance = self._chance
        first = _MALE if sex == "L" else _FEMALE
        words = chance.sample(first, 2 if chance.random() < 0.35 else 1)
        if chance.random() < 0.93:
            words.append(chance.choice(_FAMILY))
        return " ".join(words)

    def _rank(self, post: Post, years: int) -> int:
        """The rank rises every four years within the range of the post."""
        return min(post.highest, max(post.lowest, 9 + years // 4 - (4 if post.kind == "PELAKSANA" else 1)))


def _years_later(day: date, years: int) -> date:
    return day.replace(year=day.year + years)


def _april_or_october(chance: random.Random, appointed: date) -> date:
    return max(appointed, date(2021 + chance.randrange(5), chance.choice((4, 10)), 1))
