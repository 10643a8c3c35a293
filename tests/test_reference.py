"""The tables in `data/` that the code trusts: codes exist, and no name speaks for two."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable

import pytest
from rdflib import URIRef

from kg.reference import (
    load_foreign_state_names,
    load_given_names,
    load_leaders,
    load_native_names,
    load_organizations,
    load_state_phrases,
    load_states,
    read_table,
)
from kg.resources import resource
from kg.triples import reference_graph
from kg.vocab import KG, KINDS

TITLES = re.compile(
    r"(King|Queen|Prince|Princess|Pope|Emir|President|Chancellor|Minister|Ambassador|Sir|Dame|Lord|Dr)\b"
)
NAME = re.compile(r"[^\W\d_'](?:[\w .'-]*[\w.])?|'[^\W\d_][\w .'-]*")


def fold(name: str) -> str:
    """`name` as a careless writer has it: no marks on letters, no hyphens, no capitals."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(re.split(r"[\W_]+", plain.casefold()))


def find_shared(claims: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """The names that more than one owner claims, of (name, owner) pairs."""
    owners: dict[str, set[str]] = {}
    for name, owner in claims:
        owners.setdefault(name, set()).add(owner)
    return {name: claimed for name, claimed in owners.items() if len(claimed) > 1}


def test_finds_shared_names():
    assert find_shared([("a", "X"), ("a", "X"), ("b", "X"), ("b", "Y")]) == {"b": {"X", "Y"}}
    assert fold("Abdel-Fattah Łé") == fold("abdel fattah łe")


@pytest.mark.parametrize(
    ("table", "key", "loaded"),
    [
        ("states.csv", "iso3", load_states),
        ("organizations.csv", "name", load_organizations),
        ("leaders.csv", "name", load_leaders),
    ],
)
def test_loads_every_row(table, key, loaded):
    rows = [row[key] for row in read_table(resource("data", table))]
    assert list(loaded()) == rows


@pytest.mark.parametrize("table", ["states.csv", "organizations.csv", "leaders.csv"])
def test_is_plain_text(table):
    text = resource("data", table).read_bytes().decode("utf-8")
    assert "\r" not in text and "\ufeff" not in text and text.endswith("\n")
    assert unicodedata.is_normalized("NFC", text)


def test_codes_of_states_are_well_formed_and_unique():
    states = load_states().values()
    assert [s.iso3 for s in states if not re.fullmatch("[A-Z]{3}", s.iso3)] == []
    assert [s.iso2 for s in states if not re.fullmatch("[A-Z]{2}", s.iso2)] == []
    assert [s.wikidata for s in states if not re.fullmatch(r"Q[1-9]\d*", s.wikidata)] == []
    assert len({s.iso2 for s in states}) == len({s.wikidata for s in states}) == len(states)


def test_states_lie_on_the_globe():
    assert [s.name for s in load_states().values() if not (-90 <= s.lat <= 90 and -180 <= s.lon <= 180)] == []


def test_no_name_means_two_states():
    states = load_states().values()
    assert find_shared((fold(name), s.iso3) for s in states for name in (s.name, s.official_name, *s.alt_names)) == {}


def test_organizations_have_known_kinds_and_states():
    bodies = load_organizations().values()
    assert [b.name for b in bodies if b.kind not in KINDS] == []
    assert [b.name for b in bodies if b.iso3 is not None and b.iso3 not in load_states()] == []
    assert [b.name for b in bodies if b.wikidata is not None and not re.fullmatch(r"Q[1-9]\d*", b.wikidata)] == []


def test_bodies_that_share_a_name_belong_to_different_states():
    # The states an article speaks of choose between two bodies named "Congress"; they cannot within one state.
    bodies = load_organizations().values()
    claims = ((f"{name} ({b.iso3})", b.name) for b in bodies for name in (b.name, *b.alt_names))
    assert find_shared(claims) == {}


def test_leaders_act_for_known_states():
    assert [leader.name for leader in load_leaders().values() if leader.iso3 not in load_states()] == []


def test_no_name_means_two_leaders():
    leaders = load_leaders().values()
    assert find_shared((fold(name), p.name) for p in leaders for name in (p.name, *p.alt_names)) == {}


def test_no_name_of_a_leader_lies_within_that_of_a_leader_of_another_state():
    states = {fold(name): p.iso3 for p in load_leaders().values() for name in (p.name, *p.alt_names)}
    split = ((name.split(), iso3) for name, iso3 in states.items())
    runs = (
        (" ".join(words), " ".join(words[i:j]), iso3)
        for words, iso3 in split
        for i, j in itertools.combinations(range(len(words) + 1), 2)
    )
    assert [(whole, part) for whole, part, iso3 in runs if states.get(part, iso3) != iso3] == []


def test_no_name_of_a_leader_names_a_state_or_organization():
    things = itertools.chain(load_states().values(), load_organizations().values())
    taken = {fold(name) for thing in things for name in (thing.name, *thing.alt_names)}
    names = {name for p in load_leaders().values() for name in (p.name, *p.alt_names)}
    assert {name for name in names if fold(name) in taken} == set()


def test_names_of_leaders_are_full_and_bare():
    names = [name for p in load_leaders().values() for name in (p.name, *p.alt_names)]
    assert [name for name in names if len(name.split(" ")) < 2 or "" in name.split(" ")] == []
    assert [name for name in names if TITLES.match(name)] == []
    assert [name for name in names if not NAME.fullmatch(name)] == []


def test_leaders_repeat_no_alternative():
    leaders = load_leaders().values()
    assert [p.name for p in leaders if len({p.name, *p.alt_names}) != 1 + len(p.alt_names)] == []


def test_leaders_stand_in_order():
    keys = [(p.iso3, p.name) for p in load_leaders().values()]
    assert keys == sorted(keys)


@pytest.mark.parametrize(
    ("written", "iso3"),
    [
        ("Xi Jinping", "CHN"),
        ("Fumio Kishida", "JPN"),
        ("Volodymyr Zelenskyy", "UKR"),
        ("Mohamed bin Salman", "SAU"),
        ("Kim Jong Un", "PRK"),
        ("Recep Tayyip Erdogan", "TUR"),
        ("Lai Ching-te", "TWN"),
        ("Hashim Thaci", "XKX"),
    ],
)
def test_knows_leaders_as_newspapers_write_them(written, iso3):
    assert [p.iso3 for p in load_leaders().values() if written in (p.name, *p.alt_names)] == [iso3]


def test_foreign_names_are_of_known_states_and_each_stands_once():
    rows = load_foreign_state_names()
    assert {iso3 for iso3, _, _ in rows} <= set(load_states())
    assert len({(iso3, name) for iso3, name, _ in rows}) == len(rows)
    assert [
        row for row in rows if not row[1].strip() or not row[2] or row[1] != unicodedata.normalize("NFC", row[1])
    ] == []
    assert list(rows) == sorted(rows)


def test_states_have_names_in_many_languages():
    by_language = {}
    for iso3, _, languages in load_foreign_state_names():
        for language in languages:
            by_language.setdefault(language, set()).add(iso3)
    assert len({language.split("_")[0] for language in by_language}) == 100
    assert {"DEU", "NGA", "KOR", "USA"} <= by_language["ru"] & by_language["zh"] & by_language["ar"]


def test_no_native_name_means_two_people():
    claims = ((native, name) for name, natives in load_native_names().items() for native in natives)
    assert find_shared(claims) == {}


def test_native_names_are_mostly_of_known_leaders():
    names = set(load_native_names())
    assert len(names & set(load_leaders())) > 0.9 * len(names)


def test_phrases_are_of_known_states():
    assert {iso3 for _, iso3, _ in load_state_phrases()} <= set(load_states())


def test_given_names_are_in_lower_case():
    assert {"jake", "jane"} <= load_given_names()


def test_a_state_may_have_several_capitals():
    assert load_states()["ZAF"].capitals == ("Pretoria", "Bloemfontein", "Cape Town")
    assert load_states()["ATA"].capitals == ()
    graph = reference_graph("http://x/")
    capitals = {str(name) for name in graph.objects(URIRef("http://x/state/ZAF"), KG.capital)}
    assert capitals == {"Pretoria", "Bloemfontein", "Cape Town"}
    assert not [name for name in graph.objects(None, KG.capital) if "|" in name]
