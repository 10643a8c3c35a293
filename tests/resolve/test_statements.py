"""Statements: one per speaker and sentence, what it is about, and the events it tells of, performs or disputes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from kg.types import Facts

Tell = Callable[..., Facts]
Find = Callable[..., list[str]]

MONDAY = dt.date(2024, 3, 4)

ONE = [
    ("Norway said Chad left.", ["NOR states"]),
    ("Norway and Denmark condemned Chad.", ["NOR+DNK condemns"]),
    ("Norway condemned Chad and urged it to leave.", ["NOR condemns"]),
    ("Norway condemned Chad. Norway urged Chad to leave.", ["NOR condemns", "NOR requests"]),
    ("Norway praised Chad while Denmark condemned it.", ["NOR supports", "DNK condemns"]),
    ("“We stay here for now,” said Premier Ingrid Solheim. “We will not leave Chad.”", [
        "Ingrid Solheim states", "Ingrid Solheim states",
    ]),
    ("She condemned Chad.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ONE)
def test_one_statement_per_speaker_and_sentence(statements: Find, text: str, expected: list[str]) -> None:
    assert statements(text) == expected


ABOUT = [
    ("Norway said Chad left.", ["state/TCD"]),
    ("Norway said Chad and Niger left Mali.", ["state/TCD", "state/NER", "state/MLI"]),
    ("Norway said Norway left.", []),
    ("Norway said Chad, Niger, Mali, Togo and Benin left.", ["state/TCD", "state/NER", "state/MLI", "state/TGO"]),
    ("Norway condemned Chadian President Idrissa Maloum.", ["state/TCD", "person/idrissa-maloum"]),
    ("According to Norway, Chad left.", ["state/TCD"]),
    ("Norway said the UN left.", ["organization/united-nations"]),
    ("Norway said ten rebels left.", []),
]


@pytest.mark.parametrize(("text", "expected"), ABOUT)
def test_what_it_is_about(tell: Tell, text: str, expected: list[str]) -> None:
    (statement,) = tell(text).statements
    assert list(statement.about) == expected


REPORTS = [
    ("Norway said Chad shelled Niger.", ["ASSAULT"], ["ACCUSE"], []),
    ("Norway confirmed that Chad shelled Niger.", ["ASSAULT"], [], []),
    ("Norway condemned Chad's attack on Niger.", ["ASSAULT"], ["ACCUSE"], []),
    ("Norway condemned Chad.", [], ["ACCUSE"], []),
    ("Norway urged Chad to leave.", [], ["REQUEST"], []),
    ("Norway said Chad met Niger.", ["CONSULT"], [], []),
    ("Norway denied that Chad shelled Niger.", [], [], ["ASSAULT"]),
    ("Norway did not confirm that Chad shelled Niger.", [], [], ["ASSAULT"]),
    ("Norway said the river is long.", [], [], []),
    ("Chad shelled Niger, Norway said.", ["ASSAULT"], ["ACCUSE"], []),
    ("Norway pledged to help Chad.", [], ["AGREE"], []),
]


@pytest.mark.parametrize(("text", "reports", "enacts", "disputes"), REPORTS)
def test_events_of_a_statement(
    tell: Tell, text: str, reports: list[str], enacts: list[str], disputes: list[str]
) -> None:
    facts = tell(text)
    category = {event.key: event.category for event in facts.events}
    (statement,) = facts.statements
    assert [category[key] for key in statement.reports] == reports
    assert [category[key] for key in statement.enacts] == enacts
    assert [category[key] for key in statement.disputes] == disputes


def test_a_disputed_event_is_doubtful(tell: Tell) -> None:
    (event,) = tell("Norway did not confirm that Chad shelled Niger.").events
    assert (event.category, event.factuality) == ("ASSAULT", "hypothetical")


SAID_ON = [
    ("Norway said on Saturday that Chad left.", "2024-03-02"),
    ("On Saturday, Norway condemned Chad.", "2024-03-02"),
    ("Norway said Chad would vote on Friday.", None),
    ("Norway said Chad left.", None),
    ("Norway said in 2018 that Chad left.", "2018"),
    ("Chad will vote on Friday, Norway said on Saturday.", "2024-03-02"),
]


@pytest.mark.parametrize(("text", "expected"), SAID_ON)
def test_when_it_was_said(tell: Tell, text: str, expected: str | None) -> None:
    (statement,) = tell(text, published=MONDAY).statements
    assert statement.said_on == expected


QUOTES = [
    ("“We will stay here,” said Premier Ingrid Solheim.", "We will stay here,"),
    ('"We will stay here," said Premier Ingrid Solheim.', "We will stay here,"),
    ("Premier Ingrid Solheim said we will stay here.", None),
]


@pytest.mark.parametrize(("text", "quote"), QUOTES)
def test_the_very_words(tell: Tell, text: str, quote: str | None) -> None:
    (statement,) = tell(text).statements
    assert statement.quote == quote


def test_to_whom_it_is_said(tell: Tell) -> None:
    (statement,) = tell("Norway told Chad and Niger that it would leave.").statements
    assert statement.addressees == ("state/TCD", "state/NER")


def test_the_evidence_is_the_sentence(tell: Tell) -> None:
    text = "They left. Norway condemned Chad. They came."
    (statement,) = tell(text).statements
    assert text[statement.evidence.start : statement.evidence.end] == "Norway condemned Chad."


def test_two_speakers_in_one_sentence_have_two_keys(tell: Tell) -> None:
    facts = tell("Premier Ingrid Solheim said that Denmark had accused Chad of lying.")
    assert len({statement.key for statement in facts.statements}) == len(facts.statements) == 2
