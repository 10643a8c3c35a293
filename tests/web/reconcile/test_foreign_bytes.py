"""Whatever strangers send, there is an answer or one line that says what is wrong."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st
from starlette.exceptions import HTTPException

from kg.web.reconcile.extension import read_extension
from kg.web.reconcile.forms import to_form
from kg.web.reconcile.identifiers import Identifiers
from kg.web.reconcile.matching import find_candidates
from kg.web.reconcile.previews import split_sentence
from kg.web.reconcile.queries import Condition, Query
from kg.web.reconcile.reading import read_batch_0_2, read_batch_1_0
from kg.web.reconcile.register import Register
from kg.web.reconcile.suggestions import suggest_agents

from ..conftest import Client

WORDS = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(["Mr.", "Ada", "Vale", "Korea", "of", ",", "(", ")", "S.", "习近平", "يمن", "-"])).map(
        " ".join
    ),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
MEMBERS = st.sampled_from(
    ["query", "queries", "type", "limit", "properties", "conditions", "matchType", "pid", "v", "ids", "id", "settings"]
)
LIKELY = st.recursive(
    st.sampled_from(["name", "property", "State", "role", 1, -1, True, None, "x"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(MEMBERS, inner, max_size=5),
    max_leaves=20,
)


@given(WORDS)
def test_every_text_has_a_form(text: str) -> None:
    form = to_form(text)
    assert form.whole == "".join(form.tokens) and (not form.tokens or form.whole.isascii())


@given(WORDS, WORDS, WORDS)
def test_every_name_has_candidates_or_none(
    register: Register, identifiers: Identifiers, name: str, property_: str, value: str
) -> None:
    conditions = (Condition(property_, (value,)), Condition("state", (value,)), Condition("alternativeName", (value,)))
    for query in (Query(name), Query(name, conditions=conditions), Query(None, conditions=conditions)):
        found = find_candidates(register, identifiers, query)
        assert all(0 <= one.score <= 100 for one in found) and len(found) <= query.limit
        assert [one.match for one in found[1:]] == [False] * len(found[1:])
    assert len(suggest_agents(register, identifiers, name, value, limit=3, offset=0)) <= 3


@given(st.one_of(JSON, LIKELY))
def test_every_json_is_read_or_refused_in_one_line(value: object) -> None:
    text = json.dumps(value)
    for read in (read_batch_0_2, lambda t: read_batch_1_0(t.encode()), lambda t: read_extension(t, "extend")):
        try:
            read(text)
        except HTTPException as error:
            assert error.status_code in (400, 413) and "\n" not in error.detail


@given(st.binary(max_size=200))
def test_every_body_is_answered(reconciling: Client, body: bytes) -> None:
    for url, type_ in (
        ("/reconcile", "application/x-www-form-urlencoded"),
        ("/reconcile/match", "application/json"),
        ("/reconcile/extend", "application/json"),
    ):
        response = reconciling.request("POST", url, content=body, headers={"Content-Type": type_})
        assert response.status_code in (400, 413)


@given(WORDS, st.lists(WORDS, max_size=4))
def test_every_sentence_is_shown_whole(sentence: str, names: list[str]) -> None:
    shown = "".join(piece.text for piece in split_sentence(sentence[:280], names))
    assert shown == sentence[:280]
