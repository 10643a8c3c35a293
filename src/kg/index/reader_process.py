"""A process that answers queries over checkpoints of the index, one after the other, and may die of any of them.

Its parent, `kg.index.readers`, sends queries on standard input and reads frames from standard output. The kernel ends
it when a query runs past its time (an alarm), past its memory (a limit), or when the parent goes (a signal on the
lifeline): none of these needs Python to run, which an evaluation does not let it. It imports little, to start fast.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

import pyoxigraph as ox

from kg.errors import IndexStoreError, KgError, NotAcceptableError, QuerySyntaxError
from kg.index.answer import Kind, describe_mismatch
from kg.index.checkpoints import Checkpoints, Generation
from kg.index.frames import END, ERROR, DataWriter, read_frame, write_json
from kg.index.grammar import refuse_update
from kg.index.mortality import be_mortal
from kg.index.nesting import refuse_depth
from kg.index.parsing import one_line, refuse_service, to_syntax_error
from kg.index.rows import RowCounter


class _View:
    """The newest generation, opened."""

    def __init__(self, checkpoints: Checkpoints) -> None:
        self._checkpoints = checkpoints
        self._held: Generation | None = None
        self._store: ox.Store | None = None

    def newest(self) -> tuple[ox.Store, int]:
        """The store of the newest generation and its number."""
        if self._held is None or self._store is None or self._held.number != self._checkpoints.newest():
            self._close()
            self._held = self._checkpoints.hold()
            self._store = _open(self._held.path)
        return self._store, self._held.number

    def let_go(self) -> None:
        """Close what is no more the newest generation, so that it can be removed."""
        if self._held is not None and self._held.number != self._checkpoints.newest():
            self._close()

    def _close(self) -> None:
        # The store goes first: a generation removed under an open store makes queries hang.
        self._store = None
        if self._held is not None:
            self._held.release()
            self._held = None


def main(config: Mapping[str, Any]) -> None:
    """Answer queries until the parent closes standard input.

    `config` holds `directory` (of the index), `memory_mb`, `prefixes`, the descriptor of the `lifeline`, `idle_seconds`
    after which an old generation is let go of, `max_rows`, `max_nesting`, and `has_union`: whether the default graph of
    the index is the union of all graphs.
    """
    be_mortal(config["lifeline"], config["memory_mb"])
    view = _View(Checkpoints(Path(config["directory"])))
    queries, answers = os.fdopen(0, "rb", buffering=0), os.fdopen(1, "wb")
    while True:
        while not select.select([queries], [], [], config["idle_seconds"])[0]:
            view.let_go()
        frame = read_frame(_Whole(queries))
        if frame is None:
            return
        _serve(answers, view, json.loads(frame[1]), config)


class _Whole:
    """Reads from an unbuffered pipe until all is there, so that `select` is never told less than there is."""

    def __init__(self, pipe: Any) -> None:
        self._pipe = pipe

    def read(self, size: int, /) -> bytes:
        parts = []
        while size and (part := self._pipe.read(size)):
            parts.append(part)
            size -= len(part)
        return b"".join(parts)


def _serve(answers: IO[bytes], view: _View, query: Mapping[str, Any], config: Mapping[str, Any]) -> None:
    signal.setitimer(signal.ITIMER_REAL, query["timeout"])
    try:
        rows = _answer(answers, view, query, config)
    except KgError as error:
        signal.setitimer(signal.ITIMER_REAL, 0)
        write_json(answers, ERROR, {"error": type(error).__name__, "message": str(error)})
    except MemoryError:
        os.abort()
    else:
        signal.setitimer(signal.ITIMER_REAL, 0)
        write_json(answers, END, {"rows": rows})


def _answer(answers: IO[bytes], view: _View, query: Mapping[str, Any], config: Mapping[str, Any]) -> int:
    """Send the answer; how many rows it has."""
    text, base_iri, prefixes = query["text"], query["base_iri"], config["prefixes"]
    refuse_update(text)
    refuse_depth(text, config["max_nesting"])
    refuse_service(text, base_iri, prefixes)
    try:
        store, generation = view.newest()
        result = store.query(text, base_iri=base_iri, prefixes=prefixes, **_scope(query, config["has_union"]))
        kind, media_type = _negotiate(result, query)
        most = sys.maxsize if query["all_rows"] else config["max_rows"]
        counter = RowCounter(media_type if kind is not Kind.BOOLEAN else "", most)
        head = {"kind": kind, "media_type": media_type, "generation": generation}
        output = DataWriter(answers, head, counter.pass_on)
        _write(result, output, media_type, prefixes, counter)
        output.finish()
    except SyntaxError as error:
        raise to_syntax_error(text, error) from None
    except ValueError as error:
        raise QuerySyntaxError(one_line(str(error))) from None
    except BrokenPipeError:
        sys.exit(0)
    except (OSError, RuntimeError) as error:  # damage is a RuntimeError in pyoxigraph
        raise IndexStoreError(f"the index could not answer: {one_line(str(error))}") from None
    return counter.rows


def _scope(query: Mapping[str, Any], has_union: bool) -> dict[str, Any]:
    """Which graphs the query sees, in the engine's terms."""
    if query["dataset"] is not None:
        default, named = ([ox.NamedNode(iri) for iri in query["dataset"][part]] for part in ("default", "named"))
        return {"default_graph": default, "named_graphs": named}
    return {"use_default_graph_as_union": query["union"] and not has_union}


def _negotiate(result: object, query: Mapping[str, Any]) -> tuple[Kind, str]:
    """What the query gives and the media type asked for it."""
    if isinstance(result, ox.QueryTriples):
        kind, media_type = Kind.GRAPH, query["graphs"]
    else:
        kind = Kind.BOOLEAN if isinstance(result, ox.QueryBoolean) else Kind.SOLUTIONS
        media_type = query["results"]
    if media_type is None:
        raise NotAcceptableError(describe_mismatch(kind))
    return kind, media_type


def _write(result: Any, output: Any, media_type: str, prefixes: dict[str, str], counter: RowCounter) -> None:
    if not isinstance(result, ox.QueryTriples):
        result.serialize(output, ox.QueryResultsFormat.from_media_type(media_type))
        return
    format = ox.RdfFormat.from_media_type(media_type)
    if format == ox.RdfFormat.N_TRIPLES:
        result.serialize(output, format)
    else:
        ox.serialize(_counted(result, counter), output, format, prefixes=prefixes)


def _counted(triples: Iterable[ox.Triple], counter: RowCounter) -> Iterator[ox.Triple]:
    for triple in triples:
        counter.add()
        yield triple


def _open(path: Path) -> ox.Store:
    try:
        return ox.Store.read_only(str(path))
    except (OSError, RuntimeError) as error:
        raise IndexStoreError(f"the index at {path} cannot be read ({one_line(str(error))}): run kg rebuild") from None


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
