"""Whether two answers are the same but for the names of blank nodes.

Solutions are compared as graphs: one node for each that differs from the others, with how often it comes or where.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from w3c.results import Answer, Row, Solutions

_COUNT = ox.NamedNode("urn:x-count")
_INDEX = ox.NamedNode("urn:x-index")


def difference(expected: Answer, found: Answer, *, lax: bool = False) -> str | None:
    """How the answers differ, in a few words; None where they say the same."""
    if type(expected) is not type(found):
        return f"expected {_kind(expected)}, got {_kind(found)}"
    if isinstance(expected, Solutions) and isinstance(found, Solutions):
        return _solutions_differ(expected, found, lax=lax)
    if isinstance(expected, ox.Dataset) and isinstance(found, ox.Dataset):
        same = _canonical(expected) == _canonical(found)
        return None if same else f"another graph: expected {len(expected)} triples, got {len(found)}"
    return None if expected == found else f"expected {str(expected).lower()}, got {str(found).lower()}"


def _solutions_differ(expected: Solutions, found: Solutions, *, lax: bool) -> str | None:
    if expected.variables != found.variables:
        return f"expected variables {sorted(expected.variables)}, got {sorted(found.variables)}"
    if expected.ordered and _in_order(expected) != _in_order(found) and _as_graph(expected) == _as_graph(found):
        return "the solutions in another order"
    if lax and len(found.rows) <= len(expected.rows):
        expected, found = _each_once(expected), _each_once(found)
    if _as_graph(expected) == _as_graph(found):
        return None
    missing, extra = Counter(expected.rows) - Counter(found.rows), Counter(found.rows) - Counter(expected.rows)
    return (
        f"expected {len(expected.rows)} solutions, got {len(found.rows)}; "
        f"missing {_show(missing)}; too many {_show(extra)}"
    )


def _each_once(solutions: Solutions) -> Solutions:
    return Solutions(solutions.variables, tuple(dict.fromkeys(solutions.rows)))


def _as_graph(solutions: Solutions) -> set[ox.Quad]:
    return _canonical(ox.Dataset(_describe((row, _COUNT, count) for row, count in Counter(solutions.rows).items())))


def _in_order(solutions: Solutions) -> set[ox.Quad]:
    return _canonical(ox.Dataset(_describe((row, _INDEX, index) for index, row in enumerate(solutions.rows))))


def _describe(rows: Iterable[tuple[Row, ox.NamedNode, int]]) -> Iterator[ox.Quad]:
    for row, what, number in rows:
        node = ox.BlankNode()
        yield ox.Quad(node, what, ox.Literal(number))
        yield from (ox.Quad(node, ox.NamedNode(f"urn:x-variable:{name}"), term) for name, term in row)


def _canonical(graph: ox.Dataset) -> set[ox.Quad]:
    """The triples with blank nodes named in a way that depends on the graph alone."""
    copy = ox.Dataset(graph)
    copy.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return set(copy)


def _kind(answer: Answer) -> str:
    if isinstance(answer, bool):
        return "a boolean"
    return "solutions" if isinstance(answer, Solutions) else "a graph"


def _show(rows: Counter[Row]) -> str:
    """The first of the rows, as one would write it."""
    if not rows:
        return "none"
    first = min(", ".join(sorted(f"?{name} = {term}" for name, term in row)) for row in rows)
    return f"{{{first}}}" + (f" and {rows.total() - 1} more" if rows.total() > 1 else "")
