from __future__ import annotations

import threading

import pyoxigraph as ox
import pytest

from kg.vocab import KG
from kg.web.names import Names, to_match

from .conftest import BASE, FakeReaders

PEOPLE = """
@base <http://localhost:8000/> . @prefix kg: <https://w3id.org/geokg/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <https://schema.org/> .
<state/USA> a kg:State ; rdfs:label "United States" ; skos:altLabel "USA", "America" ; skos:hiddenLabel "American" .
<state/CIV> a kg:State ; rdfs:label "Côte d’Ivoire" ; skos:altLabel "Ivory Coast" .
<state/MEX> a kg:State ; rdfs:label "Mexico" ; skos:altLabel "United Mexican States" .
<organization/usa-today> a kg:Organization ; rdfs:label "USA Today" .
<state/UMI> a kg:State ; rdfs:label "United States Minor Outlying Islands" .
<organization/united> a kg:Organization ; rdfs:label "United" .
<person/kim> a kg:Official, kg:Person ; rdfs:label "Kim", "Kim Jong-un" ; skos:altLabel "the Marshal" .
<person/lukasz> a kg:Person ; rdfs:label "Łukasz Øberg" .
<person/anna> a kg:Person ; rdfs:label "Άννα Ζώη" .
<person/zhang> a kg:Person ; rdfs:label "张伟" .
<person/nameless> a kg:Person .
<group/1> a kg:Group ; rdfs:label "American workers" .
<article/1> a kg:Article ; schema:headline "United States and Kim talk" ; schema:datePublished "2024-01-09" .
<article/2> a kg:Article ; schema:headline "Newer: talks" ; schema:datePublished "2024-02-01" .
<article/3> a kg:Article ; kg:text "Nobody knows when or under which headline this came out, but it tells of whales." .
<event/1> a kg:Event ; rdfs:label "United event" .
"""


@pytest.fixture(scope="module")
def names() -> Names:
    store = ox.Store()
    store.load(PEOPLE, format=ox.RdfFormat.TURTLE)
    return Names(FakeReaders(store))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("usa", ["state/USA", "organization/usa-today"]),
        ("America", ["state/USA", "group/1"]),
        ("american", ["state/USA", "group/1"]),
        ("united", ["organization/united", "state/USA", "state/UMI", "state/MEX", "article/1"]),
        ("united sta", ["state/USA", "state/UMI", "state/MEX", "article/1"]),
        ("states united", ["state/MEX", "state/USA", "state/UMI", "article/1"]),
        ("KIM", ["person/kim", "article/1"]),
        ("un kim", ["person/kim"]),
        ("jong kim", ["person/kim"]),
        ("marshal", ["person/kim"]),
        ("cote d'ivoire", ["state/CIV"]),
        ("CÔTE D’IV", ["state/CIV"]),
        ("lukasz oberg", ["person/lukasz"]),
        ("Łuk", ["person/lukasz"]),
        ("αννα", ["person/anna"]),
        ("ΖΏΗ", ["person/anna"]),
        ("张", ["person/zhang"]),
        ("talks", ["article/2"]),
        ("headline nobody", ["article/3"]),
        ("whales", []),
        ("event", []),
        ("k", []),
        ("", []),
        ("--- !", []),
        ('" OR kim', []),
        ("kim OR talks", []),
        ("NEAR(kim talk)", []),
        ("label:kim", []),
        ("kim*", ["person/kim", "article/1"]),
        ("\x00kim", ["person/kim", "article/1"]),
    ],
)
def test_find(names: Names, words: str, found: list[str]) -> None:
    assert [one.iri.removeprefix(BASE) for one in names.find(words, limit=10)] == found


def test_what_is_found_says_what_it_is(names: Names) -> None:
    (kim, article) = names.find("kim", limit=10)
    assert (kim.label, kim.others, kim.class_) == ("Kim Jong-un", ("Kim", "the Marshal"), str(KG.Official))
    assert (article.class_, article.day) == (str(KG.Article), "2024-01-09")


def test_no_more_is_found_than_asked_for(names: Names) -> None:
    assert len(names.find("united", limit=2)) == 2


@pytest.mark.parametrize(
    ("class_", "offset", "found"),
    [
        (KG.State, 0, ["state/CIV", "state/MEX"]),
        (KG.State, 2, ["state/USA", "state/UMI"]),
        (KG.Article, 0, ["article/2", "article/1"]),
        (KG.Article, 2, ["article/3"]),
        (KG.Official, 0, ["person/kim"]),
        (KG.Event, 0, []),
    ],
)
def test_list_class(names: Names, class_: str, offset: int, found: list[str]) -> None:
    listed = names.list_class(str(class_), offset=offset, limit=2)
    assert [one.iri.removeprefix(BASE) for one in listed] == found


def test_count_class(names: Names) -> None:
    assert [names.count_class(str(class_)) for class_ in (KG.State, KG.Person, KG.Event)] == [4, 3, 0]


def test_many_threads_may_search(names: Names) -> None:
    found: list[int] = []
    threads = [
        threading.Thread(target=lambda: found.extend(len(names.find("united", limit=9)) for _ in range(50)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [5] * 400


@pytest.mark.parametrize(
    ("words", "query"),
    [("a b", '"a" "b"'), ("Ab", '"ab"*'), ('x"y z1', '"x""y" "z1"*'), ("张", '"张"*'), ("…", "")],
)
def test_to_match(words: str, query: str) -> None:
    assert to_match(words) == query
