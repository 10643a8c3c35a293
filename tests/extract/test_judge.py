"""The judge: which category an act has where words and the trained reader both speak."""

from __future__ import annotations

import pytest
import spacy

from kg.extract.acts import Frame, Roles
from kg.extract.judge import Judge, Trust, choose
from kg.extract.scene import Scene
from kg.types import EventMention, Span

Seen = dict[str, float]

TRUST = Trust(sure=0.95, ruled_out=0.05)

CASES = [
    # what the words name, what the reader sees, the category given
    ("AID", {"AID": 0.4, "SUPPORT": 0.6}, "AID"),
    ("AID", {"AID": 0.2, "SUPPORT": 0.8}, "AID"),
    ("AID", {"AID": 0.01, "SUPPORT": 0.99}, "SUPPORT"),
    ("AID", {"SUPPORT": 0.96}, "SUPPORT"),
    ("AID", {"AID": 0.06, "SUPPORT": 0.94}, "AID"),
    ("CONCEDE", {"YIELD": 0.9, "AGREE": 0.1}, "CONCEDE"),
    ("RETREAT", {"YIELD": 0.99, "AGREE": 0.01}, "RETREAT"),
    ("COERCE", {"YIELD": 0.99, "COERCE": 0.01}, "RETREAT"),
    ("ACCUSE", {"YIELD": 0.99, "ACCUSE": 0.01}, "CONCEDE"),
]


@pytest.mark.parametrize(("named", "seen", "expected"), CASES)
def test_choice(named: str, seen: Seen, expected: str) -> None:
    assert choose(Frame(named, Roles.DIRECTED, None), seen, TRUST).category == expected


def test_an_overruled_act_keeps_its_roles_and_loses_its_mode() -> None:
    frame = Frame("COERCE", Roles.REVERSE, "seize")
    assert choose(frame, {"ASSAULT": 0.99, "COERCE": 0.01}, TRUST) == Frame("ASSAULT", Roles.REVERSE, None)


def test_an_act_both_name_keeps_its_mode() -> None:
    frame = Frame("COERCE", Roles.DIRECTED, "seize")
    assert choose(frame, {"COERCE": 0.9, "ASSAULT": 0.1}, TRUST) == frame


def test_an_engine_without_our_reader_changes_nothing() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    scene = Scene(nlp("Norway shelled Chad."))
    event = EventMention(Span(0, 20), Span(7, 14), "ASSAULT", "actual", (Span(0, 6),), (Span(15, 19),))
    assert list(Judge(nlp).judge(scene, [event])) == [event]
