"""The judge: which category an act has where words and the trained reader both speak."""

from __future__ import annotations

import pytest
import spacy

from kg.extract.acts import Frame, Roles
from kg.extract.judge import Judge, choose_category
from kg.extract.scene import Scene
from kg.types import EventMention, Span

Seen = dict[str, float]

CASES = [
    # words that name the act, what the reader sees, the category given
    (("AID",), {}, "AID"),
    ((), {}, None),
    ((), {"AID": 0.6, "SUPPORT": 0.4}, None),
    ((), {"AID": 0.99, "SUPPORT": 0.01}, "AID"),
    (("AID",), {"AID": 0.4, "SUPPORT": 0.6}, "AID"),
    (("AID",), {"AID": 0.2, "SUPPORT": 0.8}, "AID"),
    (("AID",), {"AID": 0.01, "SUPPORT": 0.99}, "SUPPORT"),
    (("AID", "SUPPORT"), {"AID": 0.3, "SUPPORT": 0.7}, "SUPPORT"),
    (("CONCEDE",), {"YIELD": 0.9, "AGREE": 0.1}, "CONCEDE"),
    (("RETREAT",), {"YIELD": 0.9, "AGREE": 0.1}, "RETREAT"),
    (("COERCE",), {"YIELD": 0.99, "COERCE": 0.01}, "RETREAT"),
    (("ACCUSE",), {"YIELD": 0.99, "ACCUSE": 0.01}, "CONCEDE"),
]


@pytest.mark.parametrize(("named", "seen", "expected"), CASES)
def test_choice(named: tuple[str, ...], seen: Seen, expected: str | None) -> None:
    chosen = choose_category([Frame(category, Roles.DIRECTED, None) for category in named], seen)
    assert (chosen.category if chosen is not None else None) == expected


def test_an_overruled_act_keeps_its_roles_and_loses_its_mode() -> None:
    frame = Frame("COERCE", Roles.REVERSE, "seize")
    assert choose_category([frame], {"ASSAULT": 0.99, "COERCE": 0.01}) == Frame("ASSAULT", Roles.REVERSE, None)


def test_an_act_both_name_keeps_its_mode() -> None:
    frame = Frame("COERCE", Roles.DIRECTED, "seize")
    assert choose_category([frame], {"COERCE": 0.9, "ASSAULT": 0.1}) == frame


def test_an_engine_without_our_reader_changes_nothing() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    scene = Scene(nlp("Norway shelled Chad."))
    event = EventMention(Span(0, 20), Span(7, 14), "ASSAULT", "actual", (Span(0, 6),), (Span(15, 19),))
    assert list(Judge(nlp).judge(scene, [event])) == [event]
