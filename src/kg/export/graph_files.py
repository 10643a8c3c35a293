"""The files that networks and maps are written as, by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from kg.export.geojson import write_geojson
from kg.export.gexf import write_gexf
from kg.export.graphml import write_graphml
from kg.export.records import EventRecord
from kg.export.ties import Network


class NetworkFormat(StrEnum):
    """How a network is written; the value is also the suffix of its file."""

    GRAPHML = "graphml"
    GEXF = "gexf"

    @property
    def media_type(self) -> str:
        """Its media type; IANA has none for either."""
        return f"application/{self.value}+xml"

    def write(self, network: Network) -> Iterator[bytes]:
        """The network, a piece at a time."""
        return write_graphml(network) if self is NetworkFormat.GRAPHML else write_gexf(network)


class MapFormat(StrEnum):
    """How events are written for a map; the value is also the suffix of the file."""

    GEOJSON = "geojson"

    @property
    def media_type(self) -> str:
        """Its media type, as registered with IANA."""
        return "application/geo+json"

    def write(self, events: Iterable[EventRecord]) -> Iterator[bytes]:
        """The events, a piece at a time, as they are read."""
        return write_geojson(events)
