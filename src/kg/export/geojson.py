"""Events on the map, as GeoJSON for QGIS and the like: https://www.rfc-editor.org/rfc/rfc7946."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from kg.export import party_columns as party
from kg.export.article_table import source_of
from kg.export.periods import Period
from kg.export.records import EventRecord
from kg.reference import State, load_states

_Point = tuple[float, float]
_BATCH = 100


def write_geojson(events: Iterable[EventRecord]) -> Iterator[bytes]:
    """A FeatureCollection with one Feature per event, one a line; UTF-8, a piece at a time, in memory that is bounded.

    An event stands on the point of one state, for which texts are precise enough: where it took place, if that is told;
    else that of the first who was acted upon, else of the first who acted. `located_by` says which of the three, and
    `state` whose point it is. An event of no known state has no geometry, and neither of the two.
    """
    bounds = _Bounds()
    batch: list[str] = []
    yield b'{"type": "FeatureCollection", "features": ['
    separator = "\n"
    for event in events:
        located_by, state = _locate(event)
        if state is not None:
            bounds.add((state.lon, state.lat))
        batch.append(separator + _dump(_feature(event, located_by, state)))
        separator = ",\n"
        if len(batch) == _BATCH:
            yield "".join(batch).encode()
            batch.clear()
    yield "".join(batch).encode()
    yield f"\n]{bounds.member()}}}\n".encode()


class _Bounds:
    """The least box that holds some points."""

    def __init__(self) -> None:
        self._corners: tuple[_Point, _Point] | None = None

    def add(self, point: _Point) -> None:
        (west, south), (east, north) = self._corners or (point, point)
        lon, lat = point
        self._corners = (min(west, lon), min(south, lat)), (max(east, lon), max(north, lat))

    def member(self) -> str:
        """`bbox`, after a comma, where there was a point."""
        return f', "bbox": {_dump([*self._corners[0], *self._corners[1]])}' if self._corners else ""


def _locate(event: EventRecord) -> tuple[str | None, State | None]:
    """What says where an event is put, and the state."""
    states = load_states()
    places = [event.place.state] if event.place and event.place.state else []
    for located_by, codes in (
        ("place", places),
        ("recipient", event.recipient_states),
        ("actor", event.actor_states),
    ):
        for code in codes:
            if code in states:
                return located_by, states[code]
    return None, None


def _feature(event: EventRecord, located_by: str | None, state: State | None) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [state.lon, state.lat]} if state else None
    return {
        "type": "Feature",
        "id": event.iri,
        "geometry": point,
        "properties": _properties(event, located_by, state),
    }


def _properties(event: EventRecord, located_by: str | None, state: State | None) -> dict[str, str | float | None]:
    """Flat, the same names for every event; days as ISO 8601, which QGIS takes for dates."""
    period = Period.parse(event.date)
    words = event.evidence[0] if event.evidence else None
    return {
        "event": event.iri,
        "category": event.category,
        "mode": event.mode,
        "quad_class": event.quad_class,
        "score": event.score,
        "factuality": event.factuality,
        "date": event.date,
        "date_from": period.first.isoformat() if period else None,
        "date_to": period.last.isoformat() if period else None,
        "published": event.article.published,
        "actor": _list(party.list_names(event.actors)),
        "actor_state": _list(event.actor_states),
        "recipient": _list(party.list_names(event.recipients)),
        "recipient_state": _list(event.recipient_states),
        "place": event.place.name if event.place else None,
        "state": state.iso3 if state else None,
        "state_name": state.name if state else None,
        "located_by": located_by,
        "sentence": words.text if words else None,
        "source": source_of(event.article),
        "headline": event.article.headline,
        "url": event.article.url,
        "article": event.article.iri,
        "confidence": event.confidence,
    }


def _list(values: Iterable[str]) -> str | None:
    return "; ".join(values) or None


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
