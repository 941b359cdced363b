"""No window says anything in English: every text of every tab, dialog and menu is collected and read.

Texts that painted widgets draw are found in their accessible names. Data of people are looked at too: codes of the
database (``nominated``) must never reach the screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from tests.gui.scenes import SCENES, Office, Scene, on_screen, sample_office, shown_in
from tests.gui.screen_texts import texts

# Words that no Indonesian sentence has. Left out: words that are Indonesian too (data, program, status, total, final,
# normal, printer, folder, file name endings), and "no", which here is the abbreviation of nomor.
_WORDS = """
about absent action active add after all an and any apply are attended available back backup before browse
but by cancel cancelled cannot cell change changed changes choose clear click close closed column columns
completed confirm continue copy create current date day days declined default delete deleted description
detail details disabled done download draft edit employee employees empty enabled end error errors event
events exit export failed false file files find finish first font for found from has have help hide history
home how if ignore import inactive information invalid is item items keep last less list loading login
logout margin menu message missing month months more must name names new next nominated none not note notes
null of off on only open option options or orientation page pages passphrase password paste period person
pick planned please preview previous print proposed quarter quit rated rating ratings read redo refresh
remove replace required reserve reset restore result results retry row rows running save saved search select
selected settings sheet show sign size sort start state step success table that the there this time title to
today training true type undo undone units unknown unsaved update upload user users value values version
view wait warning week welcome what when where which width with without word wrong year years yes you your
zoom
"""
ENGLISH = frozenset(_WORDS.split())

# Terms of the regulations and names of things, as they are written in Indonesian offices.
ALLOWED = (
    r"\brating\b",  # Rating hasil kerja: PermenPANRB 6/2022
    r"menu", r"zoom",  # loanwords of KBBI
    r"on ?the ?job training|training of trainers?|\btraining\b",  # forms of development, Peraturan LAN 10/2018
    r"community of practices?",
    r"coaching|mentoring|e-?learning|benchmarking|workshop|outbound|magang|team building|job enrichment",
    r"\bhome\b|\bend\b",  # names on keys
    r"\S+\.(xlsx|pdf|cadangan|png|db|asn)\b",  # file names
    r"(?<!\S)/\S+",  # folders
    r"ASN-LEMBAR/\S+",  # the mark of a worksheet, as it stands in the file
    r"(?-i:\b[0-9A-Z]{4,5}(?:-[0-9A-Z]{4,5})+\b)",  # fingerprints and recovery codes, drawn by chance
)  # fmt: skip
_ALLOWED = re.compile("|".join(ALLOWED), re.IGNORECASE)
_WORD = re.compile(r"[a-z]+", re.IGNORECASE)
_TAG = re.compile(r"<[^>]+>")


def english_in(text: str) -> set[str]:
    """The English words of a text that are no allowed term."""
    bare = _ALLOWED.sub(" ", _TAG.sub(" ", text).replace("&", ""))
    return {word for word in _WORD.findall(bare.lower()) if word in ENGLISH}


@pytest.fixture(scope="module")
def office(our_application: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Shared by all scenes."""
    with sample_office(tmp_path_factory.mktemp("tanpa-inggris")) as result:
        yield result


@pytest.fixture
def opened(office: Office) -> Iterator[Office]:
    with on_screen(office):
        yield office


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_tidak_ada_kata_inggris(opened: Office, scene: Scene) -> None:
    found: dict[str, str] = {}
    read = 0
    for shown in shown_in(scene, opened):
        for where, _kind, text in texts(shown):
            read += bool(text.strip())
            words = english_in(text)
            if words:
                found[text] = f"{type(shown).__name__}/{where}: {text!r} ({', '.join(sorted(words))})"
    assert read > 10, "hardly any text was found: the walk is broken"
    assert not found, "\n".join(found.values())


@pytest.mark.parametrize(
    "text, words",
    [
        ("&Save", {"save"}),
        ("<b>Search</b> nama", {"search"}),
        ("Rating hasil kerja", set()),
        ("Coaching dan mentoring", set()),
        ("PEGAWAI-export.xlsx tersimpan", set()),
        ("Peserta: nominated", {"nominated"}),
        ("Sidik kunci AN30-9WYX-7V64", set()),
        ("read-only", {"read", "only"}),
    ],
)
def test_kata_inggris_dikenali(text: str, words: set[str]) -> None:
    assert english_in(text) == words
