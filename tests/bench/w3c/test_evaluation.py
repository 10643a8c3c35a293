"""A query test: graphs in, a question, graphs out."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import httpx
import pytest

from w3c.evaluation import evaluate
from w3c.loading import payloads
from w3c.manifest import WEB, Copy
from w3c.servers import OTHERS, OURS, Kind, Server
from w3c.types import GraphData, QueryTest

TRUE = '{"head": {}, "boolean": true}'
DATA = (GraphData(f"{WEB}d.ttl"), GraphData(f"{WEB}e.nt"), GraphData(f"{WEB}d.ttl", "http://example.org/g?h&i"))
TEST = QueryTest("a:t", "", f"{WEB}q.rq", DATA, f"{WEB}q.srj")


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    (tmp_path / "d.ttl").write_text("<s> <p> 01 .")
    (tmp_path / "e.nt").write_text("")
    (tmp_path / "f.trig").write_text("<s> <p> 1 . <g> { <s> <p> 2, 3 }")
    (tmp_path / "q.rq").write_text("ASK {}")
    (tmp_path / "q.srj").write_text(TRUE)
    return Copy(tmp_path)


def ask(copy: Copy, reply: httpx.Response, kind: Kind = OURS) -> tuple[str | None, list[str]]:
    """What went wrong, and what was sent."""
    seen = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(f"{request.method} {unquote(request.url.raw_path.decode())} {request.content.decode()}")
        return reply if request.url.path == kind.query else httpx.Response(204)

    client = httpx.Client(transport=httpx.MockTransport(handle))
    return evaluate(TEST, copy, Server(kind, 1, Path(), client)), seen


def test_graphs_go_in_and_out_around_the_question(copy: Copy) -> None:
    reply = httpx.Response(200, headers={"content-type": "application/sparql-results+json"}, text=TRUE)
    fault, seen = ask(copy, reply)
    assert fault is None
    assert seen == [
        f"PUT /graphs?default @base <{WEB}d.ttl> .\n<s> <p> 01 .",
        "POST /graphs?default ",
        f"PUT /graphs?graph=http://example.org/g?h&i @base <{WEB}d.ttl> .\n<s> <p> 01 .",
        f"POST /sparql BASE <{WEB}q.rq>\nASK {{}}",
        "DELETE /graphs?default ",
        "DELETE /graphs?graph=http://example.org/g?h&i ",
    ]


@pytest.mark.parametrize(
    ("status", "media_type", "text", "fault"),
    [
        (400, "text/plain", "no\n such", "400 no such"),
        (200, "text/csv", TRUE, "asked for application/sparql-results+json, got text/csv"),
        (200, "application/sparql-results+json", "{", "the answer is not well-formed"),
        (200, "application/sparql-results+json", TRUE.replace("true", "false"), "expected true, got false"),
    ],
)
def test_what_goes_wrong_is_told_and_graphs_go_out_all_the_same(
    copy: Copy, status: int, media_type: str, text: str, fault: str
) -> None:
    found, seen = ask(copy, httpx.Response(status, headers={"content-type": media_type}, text=text))
    assert found is not None and found.startswith(fault)
    assert [line.partition(" ")[0] for line in seen[-2:]] == ["DELETE", "DELETE"]


def test_a_graph_that_is_refused_ends_the_test(copy: Copy) -> None:
    client = httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(422, text="shapes")))
    found = evaluate(TEST, copy, Server(OURS, 1, Path(), client))
    assert found == "the default graph cannot be loaded: 422 shapes"


@pytest.mark.parametrize("right", ["{", None])
def test_a_right_answer_that_cannot_be_read_is_told(copy: Copy, right: str | None) -> None:
    path = copy.path(f"{WEB}q.srj")
    path.unlink() if right is None else path.write_text(right)
    fault, _ = ask(copy, httpx.Response(200))
    assert fault is not None and fault.startswith("the right answer cannot be read: ")


def test_a_service_without_a_graph_store_is_not_asked(copy: Copy) -> None:
    assert ask(copy, httpx.Response(200), OTHERS["rdflib-endpoint"]) == ("no graph store", [])


def test_a_document_of_quads_has_several_graphs(copy: Copy) -> None:
    found = {own.name: own.content.count(b"\n") for own in payloads([GraphData(f"{WEB}f.trig")], copy)}
    assert found == {None: 1, f"{WEB}g": 2}
