"""Organizations in text: well-known bodies, names with a head word, unnamed bodies of states, abbreviations."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Callable

import pytest

from kg.extract.language import load_language
from kg.extract.organizations import OrganizationFinder
from kg.extract.states import StateFinder
from kg.reference import load_organizations, load_states
from kg.resources import resource
from kg.types import OrganizationMention
from kg.vocab import KINDS

Find = Callable[[str], list[OrganizationMention]]


@pytest.fixture(scope="module")
def find() -> Find:
    nlp = load_language()
    states, organizations = StateFinder(), OrganizationFinder()

    def run(text: str) -> list[OrganizationMention]:
        doc = nlp(text)
        return list(organizations.find(doc, list(states.find(doc))))

    return run


KNOWN = [
    ("The U.N. and NATO met.", [("United Nations", "igo", None), ("NATO", "igo", None)]),
    ("the UN Security Council", [("United Nations Security Council", "igo", None)]),
    ("Hamas and Hezbollah fired.", [("Hamas", "armed_group", "PSE"), ("Hezbollah", "armed_group", "LBN")]),
    ("The Knesset voted in Israel.", [("Knesset", "government", "ISR")]),
    ("Reuters quoted the Pentagon.", [("Reuters", "media", "GBR"), ("Pentagon", "military", "USA")]),
    ("India: the Congress lost. India wept.", [("Indian National Congress", "party", "IND")]),
    ("The US Congress voted.", [("United States Congress", "government", "USA")]),
]

NAMED = [
    ("The Ukrainian Air Force said so.", [("Ukrainian Air Force", "military", "UKR")]),
    ("The White House Council met.", [("White House Council", "government", "USA")]),
    ("Egypt's Ministry of Health and Population said.", [("Ministry of Health and Population", "government", "EGY")]),
    ("the Ministry of Health, Labour and Welfare", [("Ministry of Health, Labour and Welfare", "government", None)]),
    ("the Defence Ministry and Ann Low", [("Defence Ministry", "government", None)]),
    ("the Bank of Latvia", [("Bank of Latvia", "company", "LVA")]),
    ("The National Security and Foreign Policy Committee met.", [
        ("National Security and Foreign Policy Committee", "government", None),
    ]),
    ("the Saudi-Greek Strategic Partnership Council", [("Saudi-Greek Strategic Partnership Council", "igo", None)]),
    ("He studied at Prague Technical University.", [("Prague Technical University", "other", "CZE")]),
    ("the Progressive Workers' Party of Chile", [("Progressive Workers' Party of Chile", "party", "CHL")]),
    ("The Riga Times reported it.", [("Riga Times", "media", None)]),
    ("King Faisal Hospital", [("King Faisal Hospital", "other", None)]),
    ("Parliament rose.", [("Parliament", "government", None)]),
    ("The Prosecutor’s Office appealed.", [("Prosecutor’s Office", "government", None)]),
    ("The Coast Guard sailed.", [("Coast Guard", "military", None)]),
]  # fmt: skip

UNNAMED = [
    ("The Ukrainian government agreed.", [("Ukrainian government", "government", "UKR")]),
    ("Egypt’s foreign ministry said.", [("foreign ministry", "government", "EGY")]),
    ("The government and the opposition met.", [("government", "government", None), ("opposition", "party", None)]),
    ("Its military shot; police came.", [("military", "military", None), ("police", "government", None)]),
    ("The armed forces of Chile marched.", [("armed forces of Chile", "military", "CHL")]),
    ("The Netanyahu government fell.", [("Netanyahu government", "government", None)]),
    ("A Turkish court ruled; the court sat.", [("Turkish court", "government", "TUR")]),
    ("The new government of Peru", [("government of Peru", "government", "PER")]),
]

LEFT = [
    "An anti-government, government-backed march.",
    "The military aid and the military exercise went on.",
    "A birthday in the ministry of a bank.",
    "Michael Holding bowled.",
    "He spoke at Government House.",
    "Good governments act.",
]


@pytest.mark.parametrize(("text", "expected"), KNOWN + NAMED + UNNAMED)
def test_bodies(find: Find, text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert [(mention.name, mention.kind, mention.iso3) for mention in find(text)] == expected


@pytest.mark.parametrize("text", LEFT)
def test_what_is_no_body_is_left(find: Find, text: str) -> None:
    assert find(text) == []


def test_an_abbreviation_stands_for_the_name_it_follows(find: Find) -> None:
    text = "The Central Bank of Somalia (CBS) acted. Later the CBS denied it."
    mentions = find(text)
    assert [text[m.span.start : m.span.end] for m in mentions] == ["Central Bank of Somalia", "CBS", "CBS"]
    assert {(m.name, m.kind, m.iso3) for m in mentions} == {("Central Bank of Somalia", "government", "SOM")}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Free Lake Fishers (FLF) met. FLF won.", {"Free Lake Fishers"}),
        ("The Gross Domestic Product (GDP) fell. GDP fell.", set()),
        ("The Democratic Republic of Congo (DRC) agreed.", set()),
    ],
)
def test_initials_give_away_an_unknown_body(find: Find, text: str, names: set[str]) -> None:
    assert {mention.name for mention in find(text)} == names


def test_a_short_form_stands_for_the_name_before(find: Find) -> None:
    text = "The Lakes Fisheries Commission met. The Commission voted."
    assert [mention.name for mention in find(text)] == ["Lakes Fisheries Commission"] * 2


def test_a_common_name_belongs_to_no_other_state(find: Find) -> None:
    text = "In Kenya the Democratic Party and in Kenya the Duma of Nakuru met."
    assert [(mention.name, mention.iso3) for mention in find(text)] == [("Democratic Party", None)]


def test_mentions_are_in_order_and_apart(find: Find) -> None:
    text = resource("data", "samples", "us-korea-ukraine.txt").read_text("utf-8")
    spans = [mention.span for mention in find(text)]
    assert len(spans) > 2
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))


def test_reference_bodies_have_a_kind_and_a_state_that_exist() -> None:
    for body in load_organizations().values():
        assert body.kind in KINDS
        assert body.iso3 is None or body.iso3 in load_states()


def test_heads_have_a_kind_that_exists() -> None:
    with resource("data", "organization_heads.csv").open(encoding="utf-8", newline="") as file:
        assert {row["kind"] for row in csv.DictReader(file)} <= set(KINDS)


def test_state_names_belong_to_states_that_exist() -> None:
    with resource("data", "state_names.csv").open(encoding="utf-8", newline="") as file:
        assert {row["iso3"] for row in csv.DictReader(file)} - {""} <= load_states().keys()
