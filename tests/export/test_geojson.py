"""Events on the map, as https://www.rfc-editor.org/rfc/rfc7946 has them."""

from __future__ import annotations

import itertools
import json
import tracemalloc
from typing import Any

import pytest

from kg.export.geojson import write_geojson
from kg.export.records import EventRecord, Place
from made_events import ADA, CHILE, ENVOYS, EVA, OLE, UNDATED, make_event

NAMES = [
    "event", "category", "mode", "quad_class", "score", "factuality", "date", "date_from", "date_to", "published",
    "actor", "actor_state", "recipient", "recipient_state", "place", "state", "state_name", "located_by", "sentence",
    "source", "headline", "url", "article", "confidence",
]  # fmt: skip
POINTS = {"CHL": [-71.0, -30.0], "DNK": [10.0, 56.0], "NOR": [10.0, 62.0]}


def collect(events: list[EventRecord]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(b"".join(write_geojson(events)))
    return found


@pytest.mark.parametrize(
    "event, located_by, state",
    [
        (make_event("ACCUSE", [ADA], [EVA], place=Place("Santiago", "CHL")), "place", "CHL"),
        (make_event("ACCUSE", [ADA], [EVA], place=Place("the summit")), "recipient", "NOR"),
        (make_event("ACCUSE", [ADA], [EVA]), "recipient", "NOR"),
        (make_event("ACCUSE", [ADA], [CHILE, EVA]), "recipient", "CHL"),
        (make_event("ACCUSE", [ADA], [OLE]), "actor", "DNK"),
        (make_event("ACCUSE", [OLE], [OLE]), None, None),
        (make_event("ACCUSE", [ADA], [OLE], place=Place("Atlantis", "XXX")), "actor", "DNK"),
    ],
)
def test_where_an_event_stands(event: EventRecord, located_by: str | None, state: str | None) -> None:
    collection = collect([event])
    (feature,) = collection["features"]
    told = feature["properties"]
    assert (told["located_by"], told["state"]) == (located_by, state)
    point = POINTS.get(state or "")
    assert feature["geometry"] == (point and {"type": "Point", "coordinates": point})
    assert collection.get("bbox") == (point and [*point, *point])


def test_a_feature_is_flat_and_the_same_for_every_event() -> None:
    bare = make_event("PROTEST", [OLE], article=UNDATED)
    full = make_event("ACCUSE", [ADA, EVA], [ENVOYS], "2024-02", iri="urn:x:2", mode="complain", confidence=0.5)
    collection = collect([bare, full])
    assert set(collection) == {"type", "features", "bbox"} and collection["type"] == "FeatureCollection"
    for feature, event in zip(collection["features"], (bare, full), strict=True):
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert (feature["type"], feature["id"]) == ("Feature", event.iri)
        assert list(feature["properties"]) == NAMES
        assert all(value is None or isinstance(value, str | float) for value in feature["properties"].values())
    told = collection["features"][1]["properties"]
    assert (told["date"], told["date_from"], told["date_to"]) == ("2024-02", "2024-02-01", "2024-02-29")
    assert (told["published"], told["source"], told["sentence"]) == ("2024-03-05", "example.org", 'They "met".')
    assert (told["actor"], told["actor_state"]) == ("Ada Berg; Eva Holm", "DNK; NOR")
    assert (told["score"], told["confidence"], told["mode"]) == (full.score, 0.5, "complain")


@pytest.mark.parametrize("number", [0, 1, 99, 100, 101, 250])
def test_every_event_is_one_line(number: int) -> None:
    events = [make_event("ACCUSE", [ADA], [EVA], iri=f"urn:x:{n}") for n in range(number)]
    written = b"".join(write_geojson(events))
    assert [feature["id"] for feature in json.loads(written)["features"]] == [event.iri for event in events]
    assert len(written.splitlines()) == number + 2
    assert ("bbox" in json.loads(written)) is bool(number)


def test_the_box_holds_all_points() -> None:
    events = [make_event("ACCUSE", [OLE], [one]) for one in (EVA, CHILE, ADA, OLE)]
    assert collect(events)["bbox"] == [-71.0, -30.0, 10.0, 62.0]


def test_memory_does_not_grow_with_the_events() -> None:
    event = make_event("ACCUSE", [ADA], [EVA])
    pieces = write_geojson(itertools.repeat(event, 3_000))
    next(pieces)
    tracemalloc.start()
    size = sum(map(len, pieces))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > 2_000_000 and peak < 600_000
