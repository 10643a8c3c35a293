"""The tools, described for a model that has never seen the graph."""

from __future__ import annotations

from types import MappingProxyType

from kg.assistant.description import Describe, Description, describe
from kg.assistant.entities import EntityList, FindEntity, find_entity
from kg.assistant.events import EventList, ListEvents, list_events
from kg.assistant.evidence import EvidenceFound, GetEvidence, get_evidence
from kg.assistant.queries import Query, QueryAnswer, query
from kg.assistant.schema import AskSchema, Schema, schema
from kg.assistant.statements import ListStatements, StatementList, list_statements
from kg.assistant.tool import Tool

_TOOLS = (
    Tool(
        "find_entity",
        "Find a state, official, person or organization",
        "Look up who or what a name means: states, organizations, officials, other persons, and on request unnamed "
        "groups. Gives IRIs with types, other names, posts held, the state or organization represented, and how many "
        "statements and events there are. Use it first when a name may be ambiguous; the other tools take its IRIs.",
        FindEntity,
        EntityList,
        find_entity,
    ),
    Tool(
        "list_events",
        "List political events",
        "List political acts (who did what to whom, when), newest first, by any combination of filters. Each has its "
        "category, date, actors and recipients, whether it is presented as actual, future, hypothetical or negated, "
        "the statements that claim or dispute it, and the very sentence of the article that says so, with IRIs to "
        "cite. An event that somebody only claims has the claim in `claims`: say then who says so.",
        ListEvents,
        EventList,
        list_events,
    ),
    Tool(
        "list_statements",
        "List statements",
        "List what was said (who said what, to whom, about whom, when), newest first, by any combination of filters. "
        "Each has its speakers, stance (condemns, pledges, denies ...), quoted words, the events it reports, performs "
        "or disputes, and the very sentence of the article, with IRIs to cite.",
        ListStatements,
        StatementList,
        list_statements,
    ),
    Tool(
        "get_evidence",
        "Get the evidence for a fact",
        "Show the words behind a fact: the sentence with its offsets and the text around it, the article with "
        "publisher, date and address, and what software read it and when. Use it before you rely on a fact, or to "
        "quote in context. Takes the IRI of an event, statement, entity, post, article or piece of evidence.",
        GetEvidence,
        EvidenceFound,
        get_evidence,
    ),
    Tool(
        "describe",
        "Describe one thing",
        "Show all that the graph says of one IRI, property by property, and what points to it. Use it to follow an "
        "IRI that the other tools gave; for the words behind a fact use get_evidence.",
        Describe,
        Description,
        describe,
    ),
    Tool(
        "query",
        "Run a SPARQL query",
        "Run a read-only SPARQL 1.1 query (SELECT, ASK, CONSTRUCT, DESCRIBE) for what the other tools cannot answer: "
        "counts, rankings, timelines, networks. Call schema first: it has the terms and example queries. Rows, size "
        "and time are limited; errors say where in the query.",
        Query,
        QueryAnswer,
        query,
    ),
    Tool(
        "schema",
        "Read the schema",
        "Show what the graph is written in: prefixes, classes, properties, all values of categories, modes, contexts, "
        "stances and the like with what they mean, how many articles and facts it holds, of which days, and example "
        "queries.",
        AskSchema,
        Schema,
        schema,
    ),
)

TOOLS = MappingProxyType({tool.name: tool for tool in _TOOLS})
"""Every tool by its name, in the order in which they are listed."""
