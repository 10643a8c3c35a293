"""Every value that crosses rooms.

Offsets are half-open and count Unicode code points of `Article.text`; confidence lies in [0, 1]; times are
aware UTC. A *key* is the part of an instance IRI after the base, such as `state/USA` (see `kg.iris`). A *date*
in facts is an ISO 8601 string as precise as the text: `2024-01-04`, `2023-11` or `2018`.
"""

from kg.types.articles import Article, Document, Format, Hints, Refusal
from kg.types.facts import EventFact, Facts, GroupFact, OrganizationFact, PersonFact, Post, StateFact, StatementFact
from kg.types.findings import (
    Anaphor,
    Attribution,
    EventMention,
    Findings,
    GroupMention,
    OrganizationMention,
    PersonMention,
    StateForm,
    StateMention,
    TimeMention,
    TimeUnit,
    TitleMention,
)
from kg.types.outcomes import Activity, Entry, GraphKind, Outcome, Report, Violation, Written
from kg.types.spans import Span

__all__ = [
    "Activity",
    "Anaphor",
    "Article",
    "Attribution",
    "Document",
    "Entry",
    "EventFact",
    "EventMention",
    "Facts",
    "Findings",
    "Format",
    "GraphKind",
    "GroupFact",
    "GroupMention",
    "Hints",
    "OrganizationFact",
    "OrganizationMention",
    "Outcome",
    "PersonFact",
    "PersonMention",
    "Post",
    "Refusal",
    "Report",
    "Span",
    "StateFact",
    "StateForm",
    "StateMention",
    "StatementFact",
    "TimeMention",
    "TimeUnit",
    "TitleMention",
    "Violation",
    "Written",
]
