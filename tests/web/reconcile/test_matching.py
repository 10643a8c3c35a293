from __future__ import annotations

import itertools

import pyoxigraph as ox
import pytest
from rdflib.namespace import RDF, RDFS, SKOS

from kg.vocab import KG
from kg.web.reconcile.identifiers import Identifiers
from kg.web.reconcile.matching import find_candidates
from kg.web.reconcile.queries import Condition, Quantifier, Query, TypeRule
from kg.web.reconcile.register import Register

from ..conftest import BASE, FakeReaders

STATE, PERSON, OFFICIAL, ORGANIZATION = map(str, (KG.State, KG.Person, KG.Official, KG.Organization))
Found = list[tuple[str, bool]]


@pytest.fixture
def ask(register: Register, identifiers: Identifiers):  # type: ignore[no-untyped-def]
    def find(query: Query) -> Found:
        found = find_candidates(register, identifiers, query)
        assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
        assert all(0 <= one.score <= 100 for one in found)
        return [(identifiers.to_id(one.agent.iri), one.match) for one in found]

    return find


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Нигерия", ("state/NGA", True)),
        ("نيجيريا", ("state/NGA", True)),
        ("Deutschland", ("state/DEU", True)),
        ("德国", ("state/DEU", True)),
        ("Phillipines", ("state/PHL", True)),
        ("Republic of Korea", ("state/KOR", True)),
        ("Korea, Republic of", ("state/KOR", True)),
        ("S. Korea", ("state/KOR", True)),
        ("S. Sudan", ("state/SSD", False)),
        ("UK", ("state/GBR", True)),
        ("U.S.A.", ("state/USA", True)),
        ("the united states", ("state/USA", True)),
        ("GB", ("state/GBR", True)),
        ("NGA", ("state/NGA", True)),
        ("American", ("state/USA", False)),
        ("Berlin", ("state/DEU", False)),
        ("Nigeri", ("state/NGA", True)),
        ("state/NGA", ("state/NGA", True)),
        ("http://localhost:8000/state/NGA", ("state/NGA", True)),
        ("Volodymyr Zelenskiy", ("person/volodymyr-zelensky", True)),
        ("Volodymyr Zelenskyy", ("person/volodymyr-zelensky", True)),
        ("Зеленський Володимир", ("person/volodymyr-zelensky", True)),
        ("Zelenskiy", ("person/volodymyr-zelensky", False)),
        ("Kim Jong Un", ("person/kim-jong-un", True)),
        ("김정은", ("person/kim-jong-un", True)),
        ("Xi Jinping", ("person/xi-jinping", True)),
        ("习近平", ("person/xi-jinping", True)),
        ("Xi", ("person/xi-jinping", False)),
        ("President Xi Jinping", ("person/xi-jinping", True)),
        ("Mr. Jake Sulivan", ("person/jake-sullivan", True)),
        ("Sullivan, Jake", ("person/jake-sullivan", True)),
        ("SULLIVAN Jake", ("person/jake-sullivan", True)),
        ("J. Sullivan", ("person/jake-sullivan", False)),
        ("Jane Sullivan", ("person/jake-sullivan", False)),
        ("Zoltan Marow", ("person/zoltan-marrow", True)),
        ("王伟", ("person/wang-wei", True)),
        ("王维", ("person/wang-wei", False)),
        ("U.N.", ("organization/united-nations", True)),
        ("United Nation", ("organization/united-nations", True)),
        ("Ada Vale", ("person/ada-vale", False)),
    ],
)
def test_the_first_candidate(ask, name: str, first: tuple[str, bool]) -> None:  # type: ignore[no-untyped-def]
    assert ask(Query(name))[0] == first


@pytest.mark.parametrize(
    "name", ["gb", "nga", "Quorx Blyzt", "", " ", "…", "\x00", "%", "'; DROP TABLE name; --", "workers"]
)
def test_nobody(ask, name: str) -> None:  # type: ignore[no-untyped-def]
    assert [one for one in ask(Query(name)) if one[1]] == []


def test_nothing_like_it(ask) -> None:  # type: ignore[no-untyped-def]
    assert ask(Query("Quorx Blyzt")) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (Query("Ada Vale", (OFFICIAL,)), [("person/ada-vale", False), ("person/ada-vale-2", False)]),
        (Query("Ada Vale", limit=1), [("person/ada-vale", False)]),
        (Query("Ada Vale", (STATE,)), []),
        (Query("Nigeria", (STATE, ORGANIZATION), limit=2), [("state/NGA", True), ("state/NER", False)]),
        (Query("Zoltan Marrow", (PERSON, OFFICIAL), TypeRule.ALL), []),
        (Query("Jake Sullivan", (PERSON, OFFICIAL), TypeRule.ALL), [("person/jake-sullivan", True)]),
        (Query("Zoltan Marrow", (OFFICIAL,), TypeRule.SHOULD), [("person/zoltan-marrow", False)]),
    ],
)
def test_types(ask, query: Query, found: Found) -> None:  # type: ignore[no-untyped-def]
    assert [one for one in ask(query) if one[0] != "person/vale-00"] == found


VALE = "Ada Vale"


@pytest.mark.parametrize(
    ("query", "first"),
    [
        (Query(VALE, conditions=(Condition("state", ("Germany",)),)), ("person/ada-vale-2", True)),
        (Query(VALE, conditions=(Condition("state", ("Allemagne",)),)), ("person/ada-vale-2", True)),
        (Query(VALE, conditions=(Condition("state", ("DEU",)),)), ("person/ada-vale-2", True)),
        (Query(VALE, conditions=(Condition("state", ("state/USA",)),)), ("person/ada-vale", True)),
        (Query(VALE, conditions=(Condition("state", ("Germany",), exact=True),)), ("person/ada-vale-2", True)),
        (Query(VALE, conditions=(Condition("state", ("germany",), exact=True),)), ("person/ada-vale", False)),
        (
            Query(VALE, conditions=(Condition("state", ("USA", "DEU"), quantifier=Quantifier.ALL),)),
            ("person/ada-vale", False),
        ),
        (
            Query(VALE, conditions=(Condition("state", ("USA",), quantifier=Quantifier.NONE),)),
            ("person/ada-vale-2", True),
        ),
        (Query("Jake Sullivan", conditions=(Condition("state", ("China",)),)), ("person/jake-sullivan", False)),
        (Query("Jake Sullivan", conditions=(Condition("capital", ("Rome",)),)), ("person/jake-sullivan", True)),
        (Query("Jake Sullivan", conditions=(Condition("nonsense", ("x",)),)), ("person/jake-sullivan", True)),
        (Query(None, conditions=(Condition("iso3", ("DEU",)),)), ("state/DEU", True)),
        (Query(None, conditions=(Condition("state", ("United States",)),)), ("person/ada-vale", False)),
        (Query(None, conditions=(Condition("role", ("national security advisor",)),)), ("person/jake-sullivan", False)),
    ],
)
def test_conditions(ask, query: Query, first: tuple[str, bool]) -> None:  # type: ignore[no-untyped-def]
    assert ask(query)[0] == first


def test_a_required_condition_keeps_others_out(ask) -> None:  # type: ignore[no-untyped-def]
    condition = Condition("state", ("Germany",), required=True)
    assert ask(Query(VALE, conditions=(condition,))) == [("person/ada-vale-2", True)]
    assert ask(Query("Jake Sullivan", conditions=(condition,))) == []


def test_evidence_finds_one_of_very_many_namesakes(people: ox.Store, identifiers: Identifiers) -> None:
    crowd = ox.Store()
    crowd.extend(people)
    given = ["".join(letters) for letters in itertools.product("abcdefghkl", "aeiou", "mnrst")]
    for i, name in enumerate(given):
        person = ox.NamedNode(f"{BASE}person/{name}-marrow")
        state = ox.NamedNode(BASE + ("state/NGA" if i == 249 else "state/CHN"))
        for predicate, value in (
            (RDF.type, ox.NamedNode(PERSON)),
            (RDFS.label, ox.Literal(f"{name.title()} Marrow")),
            (SKOS.altLabel, ox.Literal("Marrow")),
            (KG.represents, state),
        ):
            crowd.add(ox.Quad(person, ox.NamedNode(str(predicate)), value))
    register = Register(FakeReaders(crowd))
    for value in ("Nigeria", "Нигерия", "NGA", "state/NGA"):
        found = find_candidates(register, identifiers, Query("Marrow", conditions=(Condition("state", (value,)),)))
        assert (found[0].agent.iri, found[0].match) == (f"{BASE}person/{given[249]}-marrow", False)
