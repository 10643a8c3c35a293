"""The addresses, asked as OpenRefine asks (its requests of version 3.6 were written down), and held to the schemas."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, urlencode

import anyio
import httpx
import pytest

from kg.settings import Settings
from kg.web.app import create_app

from ..conftest import Client, FakeReaders
from . import schemas

FORM = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}


def post_form(client: Client, **parameters: object) -> httpx.Response:
    content = urlencode({name: json.dumps(value) for name, value in parameters.items()})
    return client.request("POST", "/reconcile", content=content, headers=FORM)


def post_json(client: Client, url: str, body: object) -> httpx.Response:
    return client.request("POST", url, json=body)


def test_the_manifest_of_0_2(reconciling: Client) -> None:
    response = reconciling.get("/reconcile")
    manifest = response.json()
    assert schemas.find_faults(schemas.MANIFEST_0_2, manifest) == []
    assert manifest["versions"] == ["0.2", "1.0-draft"]
    assert manifest["identifierSpace"] == "http://localhost:8000/"
    assert manifest["view"]["url"] == "http://test/{{id}}"
    assert [kind["id"] for kind in manifest["defaultTypes"]] == ["State", "Official", "Person", "Organization"]
    assert manifest["defaultTypes"][1]["broader"] == [{"id": "Person", "name": "Person"}]
    assert response.headers["cache-control"] == "no-cache"


def test_the_manifest_of_1_0(reconciling: Client) -> None:
    manifest = reconciling.get("/reconcile?version=1.0-draft").json()
    assert schemas.find_faults(schemas.MANIFEST_1_0, manifest) == []
    assert manifest["view"]["url"] == "http://test/{+id}"
    assert manifest["standardizedScore"] is True and manifest["batchSize"] == 50
    assert "identifierSpace" not in manifest


def test_the_manifest_names_the_host_that_was_asked(reconciling: Client) -> None:
    own = reconciling.request("GET", "/reconcile", headers={"Host": "localhost:8000"}).json()
    assert own["preview"]["url"] == "http://localhost:8000/reconcile/preview?id={{id}}"


def test_every_address_of_the_manifest_answers(reconciling: Client) -> None:
    manifest = reconciling.get("/reconcile").json()
    suggest, propose = manifest["suggest"], manifest["extend"]["propose_properties"]
    urls = [
        manifest["view"]["url"].replace("{{id}}", quote("state/USA", safe="")),
        manifest["preview"]["url"].replace("{{id}}", quote("state/USA", safe="")),
        manifest["documentation"],
        manifest["logo"],
        propose["service_url"] + propose["service_path"] + "?type=State",
        *(one["service_url"] + one["service_path"] + "?prefix=s" for one in suggest.values()),
    ]
    for shelf, id in (("entity", "state/USA"), ("type", "State"), ("property", "role")):
        path = suggest[shelf]["flyout_service_url"] + suggest[shelf]["flyout_service_path"]
        urls.append(path.replace("${id}", quote(id, safe="")))
    assert [url for url in urls if reconciling.get(url.removeprefix("http://test")).status_code != 200] == []


# As OpenRefine 3.6 sends them: to guess the types of a column, and to reconcile it beside another that is reconciled.
GUESSING = {"q0": {"query": "Нигерия", "limit": 3}, "q1": {"query": "Deutschland", "limit": 3}}
RECONCILING = {
    "q0": {
        "query": "Ada Vale",
        "type": "Person",
        "properties": [{"pid": "state", "v": {"name": "Germany", "id": "state/DEU"}}],
        "type_strict": "should",
    },
    "q1": {
        "query": "Jake Sullivan",
        "type": "Person",
        "properties": [{"pid": "state", "v": "Wakanda"}],
        "type_strict": "should",
    },
}


@pytest.mark.parametrize("batch", [GUESSING, RECONCILING, {}], ids=["guessing", "reconciling", "nothing"])
def test_a_batch_of_0_2(reconciling: Client, batch: dict[str, Any]) -> None:
    assert schemas.find_faults(schemas.QUERIES_0_2, batch) == []
    posted = post_form(reconciling, queries=batch)
    results = posted.json()
    assert posted.status_code == 200
    assert schemas.find_faults(schemas.RESULTS_0_2, results) == []
    assert list(results) == list(batch)
    assert reconciling.get("/reconcile?" + urlencode({"queries": json.dumps(batch)})).json() == results


def test_what_openrefine_finds(reconciling: Client) -> None:
    results = post_form(reconciling, queries=GUESSING | RECONCILING).json()
    first = {key: result["result"][0] for key, result in results.items()}
    assert {key: (one["id"], one["match"]) for key, one in first.items()} == {
        "q0": ("person/ada-vale-2", True),
        "q1": ("person/jake-sullivan", False),
    }
    assert first["q1"] == {
        "id": "person/jake-sullivan",
        "name": "Jake Sullivan",
        "description": "official, National Security Advisor, United States",
        "type": [{"id": "Official", "name": "Official"}, {"id": "Person", "name": "Person"}],
        "score": 80.0,
        "match": False,
        "features": [
            {"id": "name", "name": "likeness of the name", "value": 100.0},
            {"id": "spelt", "name": "spelt so", "value": True},
            {"id": "properties", "name": "properties that agree", "value": 0.0},
        ],
    }


def test_a_batch_of_1_0(reconciling: Client) -> None:
    batch = {
        "queries": [
            {"type": "State", "limit": 2, "conditions": [{"matchType": "name", "propertyValue": "Phillipines"}]},
            {"conditions": [{"matchType": "property", "propertyId": "iso3", "propertyValue": "DEU"}]},
            {"conditions": [{"matchType": "name", "propertyValue": "Quorx Blyzt"}]},
        ]
    }
    assert schemas.find_faults(schemas.QUERIES_1_0, batch) == []
    response = post_json(reconciling, "/reconcile/match", batch)
    results = response.json()
    assert schemas.find_faults(schemas.RESULTS_1_0, results) == []
    found = [[(one["id"], one["match"]) for one in result["candidates"]] for result in results["results"]]
    assert found == [[("state/PHL", True)], [("state/DEU", True)], []]


EXTENSION = {
    "ids": ["state/USA", "person/jake-sullivan", "organization/lum-guard", "nobody"],
    "properties": [
        {"id": "iso3"},
        {"id": "iso2"},
        {"id": "wikidata"},
        {"id": "alternativeName", "settings": {"limit": "1"}},
        {"id": "state"},
        {"id": "kind"},
        {"id": "kg:role"},
        {"id": "statements"},
        {"id": "events"},
        {"id": "articles"},
    ],
}


def test_data_extension_by_0_2(reconciling: Client) -> None:
    assert schemas.find_faults(schemas.EXTENSION, EXTENSION) == []
    answer = post_form(reconciling, extend=EXTENSION).json()
    assert schemas.find_faults(schemas.EXTENDED_0_2, answer) == []
    assert reconciling.get("/reconcile?" + urlencode({"extend": json.dumps(EXTENSION)})).json() == answer
    rows = answer["rows"]
    assert list(rows) == EXTENSION["ids"]
    assert rows["state/USA"] == {
        "iso3": [{"str": "USA"}],
        "iso2": [{"str": "US"}],
        "wikidata": [{"id": "Q30", "name": "United States"}],
        "alternativeName": [{"str": "America"}],
        "state": [],
        "kind": [],
        "role": [],
        "statements": [{"int": 1}],
        "events": [{"int": 1}],
        "articles": [{"int": 1}],
    }
    assert rows["person/jake-sullivan"]["role"] == [{"str": "National Security Advisor"}]
    assert rows["person/jake-sullivan"]["state"] == [{"id": "state/USA", "name": "United States"}]
    assert rows["organization/lum-guard"]["kind"] == [{"str": "armed group"}]
    assert rows["organization/lum-guard"]["state"] == [{"id": "state/LUM", "name": "Lummoria"}]
    assert set(map(len, rows["nobody"].values())) == {0}
    meta = {one["id"]: one for one in answer["meta"]}
    assert meta["state"]["type"] == {"id": "State", "name": "State"}
    assert meta["wikidata"]["service"] == "https://wikidata.reconci.link/en/api"


def test_data_extension_by_1_0(reconciling: Client) -> None:
    answer = post_json(reconciling, "/reconcile/extend", EXTENSION).json()
    assert schemas.find_faults(schemas.EXTENDED_1_0, answer) == []
    older = post_form(reconciling, extend=EXTENSION).json()
    assert answer["meta"] == older["meta"]
    assert {row["id"]: {one["id"]: one["values"] for one in row["properties"]} for row in answer["rows"]} == older[
        "rows"
    ]


def test_nobody_is_asked_about_in_vain(reconciling: Client) -> None:
    empty = {"ids": [], "properties": [{"id": "statements"}]}
    assert post_form(reconciling, extend=empty).json()["rows"] == {}


@pytest.mark.parametrize(
    ("url", "schema", "found"),
    [
        ("entity?prefix=jak", schemas.SUGGESTED_ENTITIES, ["person/jake-sullivan"]),
        ("entity?prefix=sull", schemas.SUGGESTED_ENTITIES, ["person/jake-sullivan"]),
        ("entity?prefix=niger&limit=1", schemas.SUGGESTED_ENTITIES, ["state/NER"]),
        ("entity?prefix=niger&cursor=1", schemas.SUGGESTED_ENTITIES, ["state/NGA"]),
        ("entity?prefix=niger&offset=1", schemas.SUGGESTED_ENTITIES, ["state/NGA"]),
        ("entity?prefix=ada%20vale&type=State", schemas.SUGGESTED_ENTITIES, []),
        ("entity?prefix=lum&type=Organization", schemas.SUGGESTED_ENTITIES, ["organization/lum-guard"]),
        ("entity?prefix=state/USA", schemas.SUGGESTED_ENTITIES, ["state/USA"]),
        ("entity?prefix=" + quote("Ниг"), schemas.SUGGESTED_ENTITIES, ["state/NER", "state/NGA"]),
        ("entity?prefix=zoltn%20marow", schemas.SUGGESTED_ENTITIES, ["person/zoltan-marrow"]),
        ("entity?prefix=quorxblyzt", schemas.SUGGESTED_ENTITIES, []),
        (
            "entity?prefix=&type=Organization",
            schemas.SUGGESTED_ENTITIES,
            ["organization/united-nations", "organization/lum-guard"],
        ),
        ("type?prefix=o", schemas.SUGGESTED_TYPES, ["Official", "Organization"]),
        ("type?prefix=", schemas.SUGGESTED_TYPES, ["State", "Official", "Person", "Organization"]),
        ("type?prefix=&limit=1&cursor=1", schemas.SUGGESTED_TYPES, ["Official"]),
        ("type?prefix=" + quote("https://w3id.org/geokg/ontology#State"), schemas.SUGGESTED_TYPES, ["State"]),
        ("property?prefix=cap", schemas.SUGGESTED_PROPERTIES, ["capital"]),
        ("property?prefix=code", schemas.SUGGESTED_PROPERTIES, ["iso3", "iso2"]),
        ("property?prefix=iso3", schemas.SUGGESTED_PROPERTIES, ["iso3"]),
        ("property?prefix=k&type=State", schemas.SUGGESTED_PROPERTIES, []),
    ],
)
def test_suggestions(reconciling: Client, url: str, schema: schemas.Schema, found: list[str]) -> None:
    answer = reconciling.get(f"/reconcile/suggest/{url}").json()
    assert schemas.find_faults(schema, answer) == []
    assert [one["id"] for one in answer["result"]] == found


@pytest.mark.parametrize(
    ("query", "some"),
    [
        ("type=State", {"iso3", "capital"}),
        ("type=https://w3id.org/geokg/ontology%23Official", {"role", "state"}),
        ("type=Person&limit=50", {"role", "foreignName"}),
        ("type=", {"iso3", "role", "kind"}),
        ("type=State&limit=1", {"iso3"}),
    ],
)
def test_proposals(reconciling: Client, query: str, some: set[str]) -> None:
    answer = reconciling.get(f"/reconcile/extend/propose?{query}").json()
    assert schemas.find_faults(schemas.PROPOSAL, answer) == []
    found = {one["id"] for one in answer["properties"]}
    assert some <= found and ("limit=1" not in query or len(found) == 1)
    assert "iso3" not in found or "Official" not in query


def test_an_unknown_type_has_only_what_all_have(reconciling: Client) -> None:
    assert reconciling.get("/reconcile/extend/propose?type=Ship").json()["properties"] == []


@pytest.mark.parametrize(
    ("url", "html"),
    [
        (
            "entity?id=person/jake-sullivan",
            "<p><strong>Jake Sullivan</strong></p><p>official, National Security Advisor, United States</p>",
        ),
        ("type?id=kg:State", "<p><strong>State</strong></p><p>A state"),
        ("property?id=capital", "<p><strong>capital</strong></p><p>The capital of a state.</p>"),
        ("entity?id=person/bad", "&lt;/script&gt;&lt;script&gt;alert(1)"),
    ],
)
def test_flyouts(reconciling: Client, url: str, html: str) -> None:
    answer = reconciling.get(f"/reconcile/flyout/{url}").json()
    assert schemas.find_faults(schemas.FLYOUT, answer) == []
    assert html in answer["html"] and "<script" not in answer["html"]


@pytest.mark.parametrize(
    ("callback", "status"),
    [
        ("cb", 200),
        ("jQuery3.cb_1", 200),
        ("$", 200),
        ("", 400),
        ("alert(1)", 400),
        ("a.", 400),
        ("x" * 201, 400),
        ("é", 400),
    ],
)
def test_scripts_of_other_pages(reconciling: Client, callback: str, status: int) -> None:
    response = reconciling.get("/reconcile?" + urlencode({"callback": callback, "queries": '{"q": {"query": "Eve"}}'}))
    assert response.status_code == status
    if status == 200:
        assert response.headers["content-type"] == "text/javascript; charset=utf-8"
        assert response.text.startswith(f"/**/{callback}({{") and response.text.endswith(");")
        assert "</script" not in response.text
        json.loads(response.text.removeprefix(f"/**/{callback}(").removesuffix(");"))


@pytest.mark.parametrize(
    ("method", "url", "options", "status"),
    [
        ("GET", "/reconcile?version=9", {}, 400),
        ("GET", "/reconcile?queries=", {}, 400),
        ("GET", "/reconcile?queries=%", {}, 400),
        ("GET", "/reconcile?queries=[]", {}, 400),
        ("POST", "/reconcile", {"content": "a=b", "headers": FORM}, 400),
        ("POST", "/reconcile", {"json": {}}, 415),
        ("POST", "/reconcile/match", {"content": "x", "headers": FORM}, 415),
        ("POST", "/reconcile/match", {"content": b"\xff", "headers": {"Content-Type": "application/json"}}, 400),
        ("POST", "/reconcile/extend", {"json": []}, 400),
        ("GET", "/reconcile/match", {}, 405),
        ("DELETE", "/reconcile", {}, 405),
        ("PUT", "/reconcile/extend", {"json": {}}, 405),
        ("GET", "/reconcile/preview", {}, 400),
        ("GET", "/reconcile/preview?id=person/nobody", {}, 404),
        ("GET", "/reconcile/preview?id=" + quote("> <x"), {}, 404),
        ("GET", "/reconcile/flyout/entity?id=nobody", {}, 404),
        ("GET", "/reconcile/flyout/type?id=nothing", {}, 404),
        ("GET", "/reconcile/flyout/thing?id=x", {}, 404),
        ("GET", "/reconcile/suggest/entity?prefix=a&limit=0", {}, 400),
        ("GET", "/reconcile/suggest/entity?prefix=a&cursor=-1", {}, 400),
        ("GET", "/reconcile/suggest/entity?prefix=" + "a" * 201, {}, 400),
        ("GET", "/reconcile/suggest/everything", {}, 404),
    ],
)
def test_what_goes_wrong(reconciling: Client, method: str, url: str, options: dict[str, Any], status: int) -> None:
    response = reconciling.request(method, url, **options)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["detail"]


def test_a_body_that_is_too_long(people: Any) -> None:
    from_few = Settings(base_iri="http://localhost:8000/", max_body_mb=0.001)
    client = Client(create_app(from_few, FakeReaders(people), None))
    batch = {"queries": [{"conditions": [{"matchType": "name", "propertyValue": "x" * 2000}]}]}
    assert post_json(client, "/reconcile/match", batch).status_code == 413


def test_a_batch_that_is_too_long(reconciling: Client) -> None:
    assert post_form(reconciling, queries={str(i): {"query": "x"} for i in range(51)}).status_code == 413


def test_any_page_may_ask(reconciling: Client) -> None:
    origin = {"Origin": "http://127.0.0.1:3333"}
    asked = {**origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    for url in ("/reconcile/match", "/reconcile/extend"):
        allowed = reconciling.request("OPTIONS", url, headers=asked)
        assert allowed.status_code == 200
        assert "POST" in allowed.headers["access-control-allow-methods"]
        assert "content-type" in allowed.headers["access-control-allow-headers"].lower()
    for url in ("/reconcile", "/reconcile/suggest/type", "/reconcile/preview?id=state/USA"):
        response = reconciling.request("GET", url, headers=origin)
        assert response.headers["access-control-allow-origin"] == "*"


def test_too_many_batches_at_once_are_turned_away(people: Any) -> None:
    settings = Settings(base_iri="http://localhost:8000/", max_waiting=0)
    client = Client(create_app(settings, FakeReaders(people), None))
    service = client.app.state.service
    assert client.get("/reconcile/suggest/entity?prefix=a").status_code == 200

    async def ask_while_another_is_worked_on() -> httpx.Response:
        transport = httpx.ASGITransport(app=client.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as own, service.matching:
            return await own.get("/reconcile/suggest/entity?prefix=a")

    refused = anyio.run(ask_while_another_is_worked_on)
    assert refused.status_code == 503 and refused.headers["retry-after"]
    assert client.get("/reconcile/suggest/entity?prefix=a").status_code == 200


def test_no_answer_is_kept_beyond_its_generation(reconciling: Client) -> None:
    for url in (
        "/reconcile",
        "/reconcile?queries={}",
        "/reconcile/suggest/type?prefix=s",
        "/reconcile/preview?id=state/USA",
    ):
        response = reconciling.get(url)
        assert response.headers["cache-control"] == "no-cache" and "etag" not in response.headers


def test_what_is_said_of_several_graphs_is_said_once(reconciling: Client) -> None:
    extension = {"ids": ["person/jake-sullivan"], "properties": [{"id": "state"}, {"id": "role"}]}
    values = post_form(reconciling, extend=extension).json()["rows"]["person/jake-sullivan"]
    assert [len(many) for many in values.values()] == [1, 1]
