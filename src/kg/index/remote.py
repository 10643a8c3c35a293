"""The remote index: any SPARQL 1.1 engine by URL, for those who outgrow one machine.

It is written by SPARQL 1.1 Update and asked by SPARQL 1.1 Query, over the SPARQL 1.1 Protocol. The engine's default
graph is kept as the true union of all graphs, as triples of its own, or as that of a plain dataset, as the local index
does; so the engine must not be set to show a union of its own there, and its default graph belongs to kg. What the
index must remember stands in the graph `urn:x-kg:index`, written in the same request as the graphs it speaks of.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Self

from kg.errors import IndexStoreError, NotAcceptableError, QuerySyntaxError
from kg.index.answer import RESULT_TYPES, Answer, Dataset, Kind, describe_mismatch
from kg.index.endpoint import Endpoint
from kg.index.grammar import query_kind, refuse_service, refuse_update
from kg.index.protocol import Change, FixedGraph, Progress, Record, apply_since
from kg.iris import DEFAULT_GRAPH, OWN_SCHEME

STATE_GRAPH = f"{OWN_SCHEME}index"
_SEQUENCE = f"{OWN_SCHEME}sequence"
_LINEAGE = f"{OWN_SCHEME}lineage"
_UNION = f"{OWN_SCHEME}union"
_DIGEST = f"{OWN_SCHEME}digest"
_BATCH = 20
_UPDATE_SECONDS = 600.0

_READ_STATE = f"SELECT ?s ?p ?o WHERE {{ GRAPH <{STATE_GRAPH}> {{ ?s ?p ?o }} }}"

# In this order: what leaves the union is known only while the old graph is there, and blank nodes are the same in
# graph and union only where they are copied.
_LEAVE = """\
DELETE {{ ?s ?p ?o }} WHERE {{
  GRAPH <{graph}> {{ ?s ?p ?o }}
  FILTER NOT EXISTS {{ GRAPH ?other {{ ?s ?p ?o }} FILTER(?other != <{graph}>) }}
}}"""
_FILL = """\
INSERT DATA {{ GRAPH <{graph}> {{
{triples}
}} }}"""
_COPY = "INSERT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
_REMEMBER = """\
DELETE WHERE {{ GRAPH <{state}> {{ <{subject}> <{property}> ?old }} }} ;
INSERT DATA {{ GRAPH <{state}> {{ <{subject}> <{property}> {value} }} }}"""


class RemoteIndex:
    """The index in an engine at `url`; open it with `RemoteIndex.open`. Queries may come from many threads."""

    def __init__(self, endpoint: Endpoint, fixed: Sequence[FixedGraph], *, timeout: float, union: bool = True) -> None:
        """An index of which nothing is known yet; `open` asks the engine."""
        self._endpoint = endpoint
        self._fixed = tuple(fixed)
        self._timeout = timeout
        self._union = union
        self._sequence = 0
        self._lineage = ""
        self._was_union = union

    @classmethod
    def open(
        cls,
        url: str,
        fixed: Sequence[FixedGraph] = (),
        *,
        timeout: float,
        update_url: str | None = None,
        union: bool = True,
    ) -> Self:
        """The index in the engine that answers queries at `url`, with the fixed graphs as given.

        Its default graph is the union of all graphs, or if not `union` that of a plain dataset.

        Updates go to `update_url`; by default that is `url` with a last `/query` or `/sparql` made `/update`, and
        `url` itself where it ends otherwise. `timeout`, in seconds, is for queries.

        Raises:
            IndexStoreError: the engine cannot be reached, or does not answer as it should.
        """
        index = cls(Endpoint(url, update_url), fixed, timeout=timeout, union=union)
        index._read_state()
        if index._was_union == union:
            index._replace_fixed()
        return index

    @classmethod
    def connect(cls, url: str, *, timeout: float) -> Self:
        """Somebody's endpoint at `url`, to be asked and nothing else; it is not contacted yet."""
        return cls(Endpoint(url), (), timeout=timeout)

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is held open between requests."""

    @property
    def sequence(self) -> int:
        """The sequence number of the last change applied."""
        return self._sequence

    def apply(self, changes: Iterable[Change]) -> None:
        """Replace each graph in `changes`, in one request.

        Raises:
            IndexStoreError: the engine did not take it.
        """
        operations: list[str] = []
        sequence = self.sequence
        for number, iri, graph in changes:
            operations.extend(self._replace(iri, graph))
            sequence = max(sequence, number)
        operations.append(_remember(STATE_GRAPH, _SEQUENCE, str(sequence)))
        operations.append(_remember(STATE_GRAPH, _LINEAGE, json.dumps(self._lineage)))
        operations.append(_remember(STATE_GRAPH, _UNION, json.dumps(self._union)))
        self._update(operations)
        self._sequence = sequence

    def catch_up(self, record: Record, progress: Progress | None = None) -> int:
        """Apply all that `record` has and the engine lacks; how many graphs that were.

        Raises:
            IndexStoreError: the engine did not take it.
        """
        if not self.sequence and not self._lineage:
            self._lineage = record.lineage
        follows = record.lineage == self._lineage and self._was_union == self._union
        if not follows or record.sequence < self.sequence:
            return self.rebuild(record, progress)
        return apply_since(self, record, size=_BATCH, progress=progress)

    def pack(self) -> bool:
        """Nothing: how the engine keeps its files is its own affair."""
        return False

    def publish(self) -> int:
        """Nothing is left to do: queries see each change when it is applied. The sequence number."""
        return self.sequence

    def rebuild(self, record: Record, progress: Progress | None = None) -> int:
        """Fill the engine anew from `record`; how many graphs were applied. Meanwhile queries see what there is so far.

        Graphs that the engine holds and `record` never heard of stay.

        Raises:
            IndexStoreError: the engine did not take it.
        """
        fixed = [f"DROP SILENT GRAPH <{iri}>" for iri in self._read_digests()]
        self._update(["CLEAR SILENT DEFAULT", *fixed, f"DROP SILENT GRAPH <{STATE_GRAPH}>"])
        self._sequence, self._lineage, self._was_union = 0, record.lineage, self._union
        self._replace_fixed()
        return apply_since(self, record, size=_BATCH, progress=progress)

    def mend(self, record: Record, progress: Progress | None = None) -> bool:
        """Nothing: what the engine keeps is its own to look after. False."""
        return False

    @property
    def generation(self) -> None:
        """Not known: others may write to the engine."""

    @property
    def busy(self) -> int:
        """None of its own."""
        return 0

    @property
    def waiting(self) -> int:
        """None of its own."""
        return 0

    @property
    def started(self) -> int:
        """None of its own."""
        return 0

    def query(
        self,
        text: str,
        *,
        results: str | None,
        graphs: str | None,
        base_iri: str | None = None,
        dataset: Dataset | None = None,
        union: bool = False,
        all_rows: bool = False,
    ) -> Answer:
        """The engine's answer to a SPARQL 1.1 query; arguments and errors as for `kg.index.readers.Readers.query`.

        No prefix is declared but by the query and the engine. The generation is the sequence number known here. The
        default graph of the engine is the union already, so `union` changes nothing; nor does `all_rows`, as the engine
        has limits of its own.
        """
        refuse_update(text)
        refuse_service(text)
        kind = query_kind(text)
        if kind is None:
            raise QuerySyntaxError("this is no SPARQL 1.1 query: it has no SELECT, ASK, CONSTRUCT or DESCRIBE")
        accept = graphs if kind is Kind.GRAPH else results
        if accept is None:
            raise NotAcceptableError(describe_mismatch(kind))
        body = f"BASE <{base_iri}>\n{text}" if base_iri else text
        parameters = [("default-graph-uri", iri) for iri in dataset.default] if dataset else []
        parameters += [("named-graph-uri", iri) for iri in dataset.named] if dataset else []
        response = self._endpoint.ask(body, accept=accept, timeout=self._timeout, parameters=parameters)
        return Answer(kind, response.media_type or accept, self.sequence, response.chunks(), response.close)

    def _read_state(self) -> None:
        held = {property: value for subject, property, value in self._state() if subject == STATE_GRAPH}
        self._sequence = int(held.get(_SEQUENCE, "0"))
        self._lineage = held.get(_LINEAGE, "")
        self._was_union = json.loads(held[_UNION]) if _UNION in held else self._union

    def _replace_fixed(self) -> None:
        """Bring the fixed graphs to what they shall be, and take away those that are no more."""
        held = self._read_digests()
        operations: list[str] = []
        for iri in held.keys() - {graph.iri for graph in self._fixed}:
            operations.extend(self._replace(iri, None))
            operations.append(f"DELETE WHERE {{ GRAPH <{STATE_GRAPH}> {{ <{iri}> ?p ?o }} }}")
        for graph in self._fixed:
            if held.get(graph.iri) != graph.digest:
                operations.extend(self._replace(graph.iri, graph.triples))
                operations.append(_remember(graph.iri, _DIGEST, json.dumps(graph.digest)))
        if operations:
            self._update(operations)

    def _read_digests(self) -> dict[str, str]:
        """The digests of the fixed graphs that the engine holds, by IRI."""
        return {subject: value for subject, property, value in self._state() if property == _DIGEST}

    def _state(self) -> list[tuple[str, str, str]]:
        response = self._endpoint.ask(_READ_STATE, accept=RESULT_TYPES[0], timeout=self._timeout)
        try:
            rows = json.loads(b"".join(response.chunks()))["results"]["bindings"]
            return [(row["s"]["value"], row["p"]["value"], row["o"]["value"]) for row in rows]
        except (ValueError, KeyError, TypeError) as error:
            raise IndexStoreError(
                f"{self._endpoint.url} does not answer as a SPARQL endpoint: check KG_SPARQL_URL or --endpoint"
            ) from error

    def _update(self, operations: Sequence[str]) -> None:
        self._endpoint.update(" ;\n".join(operations), timeout=_UPDATE_SECONDS)

    def _replace(self, iri: str, triples: bytes | None) -> Iterator[str]:
        """The operations that make graph `iri` hold `triples` and nothing else, or remove it."""
        if iri == DEFAULT_GRAPH and not self._union:
            yield "CLEAR SILENT DEFAULT"
            if triples:
                yield f"INSERT DATA {{\n{triples.decode()}\n}}"
            return
        if self._union:
            yield _LEAVE.format(graph=iri)
        yield f"DROP SILENT GRAPH <{iri}>"
        if triples is None:
            return
        if not triples:
            yield f"CREATE SILENT GRAPH <{iri}>"
            return
        yield _FILL.format(graph=iri, triples=triples.decode())
        if self._union:
            yield _COPY.format(graph=iri)


def _remember(subject: str, property: str, value: str) -> str:
    return _REMEMBER.format(state=STATE_GRAPH, subject=subject, property=property, value=value)
