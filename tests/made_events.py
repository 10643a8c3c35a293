"""Events that nobody reported, for the tests of what is made of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kg.export.records import ArticleRecord, EventRecord, Party, Quotation
from kg.export.scheme import load_scheme

ARTICLE = ArticleRecord("http://example.org/article/1", url="https://www.example.org/1", published="2024-03-05")
UNDATED = ArticleRecord("http://example.org/article/2")
ADA = Party("http://example.org/person/ada-berg", "Ada Berg", "Official", ("DNK",), "GOV", ("Minister",))
EVA = Party("http://example.org/person/eva-holm", "Eva Holm", "Official", ("NOR",), "GOV", ("Prime Minister", "Leader"))
OLE = Party("http://example.org/person/ole", "Ole Dahl", "Person")
NAVY = Party("http://example.org/organization/navy", "Danish Navy", "Organization", ("DNK",), "MIL")
CHILE = Party("http://example.org/state/CHL", "Chile", "State", ("CHL",), "GOV")
ENVOYS = Party("http://example.org/group/1-2-3", "envoys", "OfficialGroup", ("CHL",))


def make_event(
    category: str = "CONSULT",
    actors: Sequence[Party] = (),
    recipients: Sequence[Party] = (),
    date: str | None = None,
    article: ArticleRecord = ARTICLE,
    **more: Any,
) -> EventRecord:
    """An event; the states of either side are those of its agents."""
    scheme = load_scheme()
    return EventRecord(
        iri=more.pop("iri", "http://example.org/event/1"),
        article=article,
        category=category,
        factuality="actual",
        quad_class=scheme.quad_classes[category],
        score=more.pop("score", scheme.scores[category]),
        evidence=(Quotation("http://example.org/evidence/1-0-9", 0, 9, 'They "met".'),),
        date=date,
        actors=tuple(actors),
        recipients=tuple(recipients),
        actor_states=tuple(dict.fromkeys(code for party in actors for code in party.states)),
        recipient_states=tuple(dict.fromkeys(code for party in recipients for code in party.states)),
        **more,
    )
