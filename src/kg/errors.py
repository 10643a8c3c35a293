"""Every error the project raises on purpose.

    KgError
    ├── SettingError       a setting or option cannot be used
    ├── ArgumentError      an assistant called a tool with what it cannot use
    ├── ArticleError       one article cannot go in; the rest of a batch can
    │   ├── SourceError        its bytes are no article we can read
    │   └── FetchError         it cannot be had from its address
    ├── GraphError         a graph cannot be kept as it was sent
    │   ├── GraphSyntaxError   it is not what its media type says, or no plain RDF 1.1 graph
    │   └── GraphSizeError     it is larger, or takes more to read, than is allowed
    ├── JournalError       the durable record cannot be read or written
    │   ├── DamagedError       it is damaged, or is none
    │   └── LockedError        another process writes to the data directory
    ├── ServiceError       a running service cannot take an article now
    ├── ExportError        the graph cannot be written in the form that was asked for
    ├── IndexStoreError    the derived index cannot be read or written
    └── QueryError         a query cannot be answered
        ├── QuerySyntaxError   it is no SPARQL 1.1 query
        │   └── QueryNestingError  it is nested deeper than the engine can go
        ├── QueryRefusedError  it asks for what is never done (SERVICE, LOAD, updates)
        ├── NotAcceptableError it gives what no format was asked for
        ├── QueryTimeoutError  it ran past its time
        ├── QueryRowsError     its answer has more rows than are given
        ├── QueryMemoryError   it ran past its memory, or broke its reader
        └── BusyError          too many queries run and wait already

Each message is one line that says what is wrong and what to do.
"""

from __future__ import annotations


class KgError(Exception):
    """Root of all errors the project raises on purpose."""


class SettingError(KgError):
    """A setting or option cannot be used."""


class ArgumentError(KgError):
    """An assistant called a tool with an argument that it cannot use."""


class ArticleError(KgError):
    """One article cannot go in; the rest of a batch can."""


class SourceError(ArticleError):
    """The bytes are no article we can read."""


class FetchError(ArticleError):
    """An address cannot be fetched, or may not be."""


class GraphError(KgError):
    """A graph cannot be kept as it was sent."""


class GraphSyntaxError(GraphError):
    """What was sent is not what its media type says, or no plain RDF 1.1 graph."""


class GraphSizeError(GraphError):
    """The graph is larger, or takes more to read, than is allowed."""


class JournalError(KgError):
    """The durable record cannot be read or written."""


class DamagedError(JournalError):
    """The durable record is damaged, or is none."""


class LockedError(JournalError):
    """Another process writes to the data directory."""


class ServiceError(KgError):
    """A running service, to which articles are sent, cannot take one now: later it may."""


class ExportError(KgError):
    """The graph cannot be written in the form that was asked for."""


class IndexStoreError(KgError):
    """The derived index cannot be read or written."""


class QueryError(KgError):
    """A query cannot be answered."""


class QuerySyntaxError(QueryError):
    """The text is no SPARQL 1.1 query."""


class QueryNestingError(QuerySyntaxError):
    """The query is nested more deeply than the engine can go."""


class QueryRefusedError(QueryError):
    """The query asks for what is never done here: SERVICE, LOAD, updates."""


class NotAcceptableError(QueryError):
    """The query gives solutions where only a graph was asked for, or a graph where only solutions were."""


class QueryTimeoutError(QueryError):
    """The query ran past its time."""


class QueryRowsError(QueryError):
    """The answer has more rows or triples than are given."""


class QueryMemoryError(QueryError):
    """The query ran past its memory, or broke the process that read for it."""


class BusyError(QueryError):
    """Too many queries run and wait already: the same query may be answered later."""
