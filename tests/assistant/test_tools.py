"""Every tool, as the client of the SDK calls it, over the sample article."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.conftest import BASE, Call, answer_of
from kg.vocab import CATEGORIES

SULLIVAN = f"{BASE}person/jake-sullivan"
EVERY = {"limit": 50}


def words(fact: dict[str, Any]) -> str:
    return " ".join(sentence["text"] for sentence in fact["sentences"])


@pytest.mark.parametrize(
    "name, iri, match",
    [
        ("USA", "state/USA", "code"),
        ("United States", "state/USA", "name"),
        ("united  STATES", "state/USA", "name"),
        ("the United States", "state/USA", "name"),
        ("America", "state/USA", "other name"),
        ("U.S.", "state/USA", "other name"),
        ("Pyongyang", "state/PRK", "capital or seat of government"),
        ("the Kremlin", "state/RUS", "capital or seat of government"),
        ("White House", "state/USA", "capital or seat of government"),
        ("Russian Federation", "state/RUS", "other name"),
        ("DPRK", "state/PRK", "other name"),
        ("Côte d'Ivoire", "state/CIV", "other name"),
        ("cote d ivoire", "state/CIV", "other name"),
        ("Jake Sullivan", "person/jake-sullivan", "name"),
        ("Sullivan", "person/jake-sullivan", "other name"),
        ("Sulivan", "person/jake-sullivan", "similar name"),
        ("Ukrane", "state/UKR", "similar name"),
        (SULLIVAN, "person/jake-sullivan", "IRI"),
    ],
)
def test_a_name_in_any_form_is_found(call: Call, name: str, iri: str, match: str) -> None:
    first = answer_of(call("find_entity", name=name))["entities"][0]
    assert (first["iri"], first["match"]) == (BASE + iri, match)


def test_an_official_comes_with_posts_and_counts(call: Call) -> None:
    (found,) = answer_of(call("find_entity", name="Jake Sullivan", type="official"))["entities"]
    assert found["posts"][0]["role"] == "National Security Advisor"
    assert found["represents"] == [{"iri": f"{BASE}state/USA", "label": "United States"}]
    assert found["statements"] == answer_of(call("list_statements", speaker=SULLIVAN))["total"] > 0
    assert found["events"] == answer_of(call("list_events", participant=SULLIVAN))["total"] > 0


def test_a_type_leaves_the_others_out(call: Call) -> None:
    assert answer_of(call("find_entity", name="Jake Sullivan", type="state"))["entities"] == []
    ministers = answer_of(call("find_entity", name="47 foreign ministers", type="group"))
    assert [one["type"] for one in ministers["entities"]] == ["group"]
    assert answer_of(call("find_entity", name="47 foreign ministers"))["entities"] == []


def test_nobody_is_found_with_a_hint(call: Call) -> None:
    answer = answer_of(call("find_entity", name="Zzyzx Qwertyuiop"))
    assert (answer["shown"], answer["total"], answer["entities"]) == (0, 0, [])
    assert "no state, organization, official or person has this name" in answer["hint"]


def test_more_than_are_shown_are_told_of(call: Call) -> None:
    answer = answer_of(call("find_entity", name="United", limit=2))
    assert answer["shown"] == 2 < answer["total"]
    assert f"{answer['total'] - 2} more fit" in answer["hint"]


def test_an_event_carries_all_that_is_needed_to_cite_it(call: Call) -> None:
    answer = answer_of(call("list_events", actor="PRK", recipient="Russia", factuality="actual", **EVERY))
    assert answer["total"] == answer["shown"] == len(answer["events"]) > 0
    assert {one["argument"]: one["taken_for"][0]["label"] for one in answer["understood"]} == {
        "actor": "North Korea",
        "recipient": "Russia",
    }
    for event in answer["events"]:
        assert event["category"] in CATEGORIES and event["factuality"] == "actual"
        assert {"iri": f"{BASE}state/PRK", "label": "North Korea"} in event["actor_states"]
        assert event["trigger"] in words(event)
        assert event["sentences"][0]["iri"].startswith(f"{BASE}evidence/")
        assert event["article"]["headline"] == "US and South Korea promise to continue to help Ukraine"


def test_who_claims_or_disputes_an_event_stands_with_it(call: Call) -> None:
    events = answer_of(call("list_events", actor="RUS", **EVERY))["events"]
    claims = [claim for event in events for claim in event.get("claims", [])]
    told = {(claim["relation"], speaker["label"]) for claim in claims for speaker in claim["speakers"]}
    assert {("reports", "John Kirby"), ("disputes", "Yurii Ihnat")} <= told


@pytest.mark.parametrize(
    "filters",
    [
        {"category": "ACCUSE"},
        {"quad_class": "verbal-conflict"},
        {"mode": "phone"},
        {"context": "military"},
        {"factuality": "future"},
        {"containing": "BALLISTIC missiles"},
        {"since": "2024-01-09"},
        {"until": "2023"},
    ],
    ids=str,
)
def test_a_filter_gives_a_part_that_fits_it(call: Call, filters: dict[str, str]) -> None:
    every = answer_of(call("list_events", **EVERY))
    some = answer_of(call("list_events", **filters, **EVERY))
    assert 0 < some["total"] < every["total"]
    (name, value) = next(iter(filters.items()))
    for event in some["events"]:
        match name:
            case "context":
                assert value in event["contexts"]
            case "containing":
                assert value.lower() in words(event).lower()
            case "since":
                assert event["date"] >= value
            case "until":
                assert event["date"][:4] <= value
            case _:
                assert event[name] == value


def test_statements_come_with_speaker_stance_and_sentence(call: Call) -> None:
    answer = answer_of(call("list_statements", speaker="Sullivan", stance="condemns", containing="Chan"))
    (statement,) = answer["statements"]
    assert {one["label"] for one in statement["speakers"]} >= {"Jake Sullivan"}
    assert "condemned" in words(statement)
    assert {told["category"] for told in statement["enacts"]} == {"ACCUSE"}


def test_a_state_speaks_through_its_officials(call: Call) -> None:
    speakers = {
        one["label"]
        for statement in answer_of(call("list_statements", speaker="USA", **EVERY))["statements"]
        for one in statement["speakers"]
    }
    assert {"Jake Sullivan", "John Kirby"} <= speakers


@pytest.mark.parametrize(
    "filters, sentence",
    [
        ({"about": "RUS", "speaker": "John Kirby"}, "On 4 January"),
        ({"stance": "denies"}, "On 5 January"),
        ({"containing": "holding Russia"}, None),
        ({"since": "2024-01-05", "until": "2024-01-05"}, "On 5 January"),
    ],
    ids=str,
)
def test_statements_are_filtered(call: Call, filters: dict[str, str], sentence: str | None) -> None:
    found = answer_of(call("list_statements", **filters))["statements"]
    assert all(sentence and words(one).startswith(sentence) for one in found)
    assert bool(found) is bool(sentence)


@pytest.mark.parametrize("tool, facts", [("list_events", "events"), ("list_statements", "statements")])
@pytest.mark.parametrize("size", [1, 4, 7])
def test_pages_hold_every_fact_once_the_newest_first(call: Call, tool: str, facts: str, size: int) -> None:
    whole = answer_of(call(tool, **EVERY))
    seen, cursor = [], {}
    while cursor is not None:
        page = answer_of(call(tool, limit=size, **cursor))
        assert page["total"] == whole["total"]
        seen += page[facts]
        cursor = {"cursor": page["next"]} if "next" in page else None
    assert seen == whole[facts] and len(seen) == whole["total"]
    dates = [fact.get("date", "") for fact in seen]
    assert dates == sorted(dates, reverse=True)


def test_facts_of_one_article_by_its_iri(call: Call) -> None:
    event = answer_of(call("list_events", limit=1))["events"][0]
    of_article = answer_of(call("list_events", article=event["article"]["iri"]))
    assert of_article["total"] == answer_of(call("list_events"))["total"]
    none = answer_of(call("list_events", article="https://news.example/unknown"))
    assert none["total"] == 0 and "no article has this" in none["hint"]


@pytest.mark.parametrize("argument", ["actor", "recipient", "participant"])
def test_a_name_that_nobody_has_gives_an_empty_list_and_who_is_near(call: Call, argument: str) -> None:
    answer = answer_of(call("list_events", **{argument: "Ukrane"}))
    assert answer["events"] == [] and answer["total"] == 0
    assert f"{argument}: nobody is called 'Ukrane'; nearest: 'Ukraine' <{BASE}state/UKR>" in answer["hint"]


def test_a_capital_stands_for_its_state(call: Call) -> None:
    answer = answer_of(call("list_events", actor="Pyongyang"))
    assert answer["understood"][0]["taken_for"] == [{"iri": f"{BASE}state/PRK", "label": "North Korea"}]
    assert answer["total"] == answer_of(call("list_events", actor="PRK"))["total"] > 0


def test_persons_are_officials_too(call: Call) -> None:
    found = answer_of(call("find_entity", name="Jake Sullivan", type="person"))["entities"]
    assert [one["type"] for one in found] == ["official"]


def test_a_name_of_many_is_not_guessed(call: Call) -> None:
    hint = answer_of(call("list_events", actor="United"))["hint"]
    assert "part of" in hint and f"<{BASE}state/USA>" in hint


def test_filters_that_nothing_meets_are_named(call: Call) -> None:
    hint = answer_of(call("list_events", category="PROTEST", since="1999"))["hint"]
    assert hint == "nothing matches all of category, since: leave one out, or widen it"


def test_evidence_of_an_event_is_what_the_text_says(call: Call, sample: Any) -> None:
    event = answer_of(call("list_events", actor="PRK", recipient="RUS"))["events"][0]
    evidence = answer_of(call("get_evidence", iri=event["iri"]))
    (row,) = sample.source.select(f"SELECT ?text WHERE {{ <{event['article']['iri']}> kg:text ?text }}")
    for passage in evidence["passages"]:
        assert row["text"][passage["start"] : passage["end"]] == passage["text"]
    sentence = evidence["passages"][0]
    assert (sentence["role"], sentence["text"]) == ("sentence", event["sentences"][0]["text"])
    assert sentence["before"] + sentence["text"] + sentence["after"] in row["text"]
    assert {passage["role"] for passage in evidence["passages"]} >= {"sentence", "trigger", "actor"}
    (source,) = evidence["provenance"]
    assert source["software"].startswith("geokg ") and source["model"].startswith("en_kg ")
    assert source["read_at"].endswith("Z") and source["language"] == "en"


def test_evidence_of_a_statement_of_evidence_and_of_an_article(call: Call) -> None:
    statement = answer_of(call("list_statements", speaker="John Kirby"))["statements"][0]
    of_statement = answer_of(call("get_evidence", iri=statement["iri"]))
    (passage,) = of_statement["passages"]
    assert of_statement["kind"] == "statement" and passage["iri"] == statement["sentences"][0]["iri"]
    of_evidence = answer_of(call("get_evidence", iri=passage["iri"]))
    assert statement["iri"] in of_evidence["supports"] and of_evidence["passages"][0]["text"] == passage["text"]
    of_article = answer_of(call("get_evidence", iri=passage["article"]))
    assert of_article["kind"] == "article" and passage["article"] in of_article["hint"]


@pytest.mark.parametrize(
    "iri, kind, text",
    [
        ("person/jake-sullivan", "official", "Jake Sullivan"),
        ("state/PRK", "state", "North Korea"),
        ("post/ukr-ukrainian-air-force-air-force-spokesman", "post", "Air Force spokesman Yurii Ihnat"),
    ],
)
def test_what_is_named_has_the_place_where_it_is_named(call: Call, iri: str, kind: str, text: str) -> None:
    found = answer_of(call("get_evidence", iri=BASE + iri))
    (passage,) = found["passages"]
    assert (found["kind"], passage["role"], passage["text"]) == (kind, "name", text)
    assert found["articles"] == found["shown_articles"] == 1 and "iri" not in passage


def test_a_description_has_properties_and_what_points_to_it(call: Call) -> None:
    found = answer_of(call("describe", iri=SULLIVAN))
    said = {one["property"]: one for one in found["properties"]}
    assert found["label"] == "Jake Sullivan"
    assert said["kg:represents"]["values"] == [{"value": f"{BASE}state/USA", "label": "United States"}]
    pointing = {one["property"]: one["count"] for one in found["pointed_to_by"]}
    assert pointing["kg:speaker"] == answer_of(call("list_statements", speaker=SULLIVAN))["total"]
    assert "kg:text" not in str(
        answer_of(call("describe", iri=answer_of(call("list_events"))["events"][0]["article"]["iri"]))
    )


@pytest.mark.parametrize("tool", ["describe", "get_evidence"])
def test_of_what_is_not_there_nothing_is_said(call: Call, tool: str) -> None:
    answer = answer_of(call(tool, iri="http://nowhere.example/x"))
    assert answer["hint"].startswith("the graph says nothing of this IRI")


def test_a_query_gives_rows_as_far_as_asked(call: Call) -> None:
    answer = answer_of(call("query", sparql="SELECT ?e ?none WHERE { ?e a kg:Event }", limit=3))
    assert answer["columns"] == ["e", "none"] and answer["shown"] == len(answer["rows"]) == 3
    assert answer["has_more"] and "OFFSET" in answer["hint"]
    assert all(cell.startswith(f"{BASE}event/") and none is None for cell, none in answer["rows"])


@pytest.mark.parametrize(
    "sparql, part",
    [
        ("ASK { ?e a kg:Event }", {"boolean": True}),
        ("ASK { ?e a kg:Nothing }", {"boolean": False}),
        ("SELECT (COUNT(*) AS ?n) WHERE { ?a a kg:Article }", {"rows": [["1"]], "has_more": False}),
        ("SELECT ?x WHERE { ?x a kg:Nothing }", {"rows": [], "shown": 0}),
        ("SELECT * WHERE {}", {"rows": [[]]}),
        (
            "CONSTRUCT { ?s kg:iso3 ?c } WHERE { ?s kg:iso3 ?c FILTER(?c = 'USA') }",
            {"triples": [f'<{BASE}state/USA> <https://w3id.org/geokg/ontology#iso3> "USA" .']},
        ),
    ],
)
def test_a_query_of_each_form_is_answered(call: Call, sparql: str, part: dict[str, Any]) -> None:
    answer = answer_of(call("query", sparql=sparql))
    assert {name: answer[name] for name in part} == part


def test_an_answer_without_end_is_cut(call: Call) -> None:
    every = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    assert answer_of(call("query", sparql=every, limit=2))["has_more"]
    long = "SELECT ?t (CONCAT(?t, ?t, ?t) AS ?u) WHERE { ?a kg:text ?t . ?x ?y ?z }"
    answer = answer_of(call("query", sparql=long, limit=500))
    assert answer["has_more"] and len(str(answer)) < 70_000
    assert all(cell.endswith(" …") and len(cell) <= 2_000 for row in answer["rows"] for cell in row)
    triples = answer_of(call("query", sparql="CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", limit=5))
    assert triples["shown"] == len(triples["triples"]) == 5 and triples["has_more"]


def test_the_schema_has_what_a_query_needs(call: Call) -> None:
    answer = answer_of(call("schema"))
    assert len(answer["examples"]) == 10
    for example in answer["examples"]:
        assert answer_of(call("query", sparql=example["sparql"]))["shown"] > 0
    categories = next(one for one in answer["concepts"] if one["scheme"] == "category")
    assert [value.split(" ")[0] for value in categories["values"]] == sorted(CATEGORIES)
    holds = {one["name"]: one["count"] for one in answer["holds"]}
    assert holds["Article"] == 1 and holds["Event"] == answer_of(call("list_events"))["total"]
