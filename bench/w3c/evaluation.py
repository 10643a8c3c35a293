"""A query test and a service -> what went wrong, if anything: its graphs go in, the query is asked, the graphs go out.

The query is posted as it stands in its file, but that a BASE says where it stands: over HTTP no service can know, and
the tests name documents beside the query. The answer is asked for in the format of the right one, result sets that
are themselves graphs in XML.
"""

from __future__ import annotations

from w3c.comparison import difference
from w3c.loading import NO_STORE, Refused, clear, put
from w3c.manifest import Copy
from w3c.results import GRAPHS, SUFFIXES, Answer, Solutions, read_answer
from w3c.servers import Server
from w3c.types import QueryTest


def evaluate(test: QueryTest, copy: Copy, server: Server) -> str | None:
    """What went wrong, in a few words, or None."""
    if server.kind.graphs is None:
        return NO_STORE
    try:
        put(test.data, copy, server)
        return _ask(test, copy, server)
    except Refused as error:
        return str(error)
    finally:
        clear(test.data, copy, server)


def _ask(test: QueryTest, copy: Copy, server: Server) -> str | None:
    stands_in = SUFFIXES.get(test.result.rpartition(".")[2], "")
    try:
        expected = read_answer(copy.read(test.result), stands_in, test.result)
    except (ValueError, OSError) as error:
        return f"the right answer cannot be read: {error}"
    wanted = _wanted(expected, stands_in)
    headers = {"content-type": "application/sparql-query", "accept": wanted}
    body = f"BASE <{test.query}>\n".encode() + copy.read(test.query)
    answer = server.send("POST", server.kind.query, headers, body)
    found = answer.headers.get("content-type", "").partition(";")[0]
    if answer.status_code != 200:
        return f"{answer.status_code} {' '.join(answer.text[:200].split())}"
    if found != wanted:
        return f"asked for {wanted}, got {found}"
    try:
        return difference(expected, read_answer(answer.content, found), lax=test.lax)
    except ValueError as error:
        return f"the answer is {error}"


def _wanted(expected: Answer, stands_in: str) -> str:
    if stands_in not in GRAPHS:
        return stands_in
    return SUFFIXES["srx"] if isinstance(expected, bool | Solutions) else "text/turtle"
