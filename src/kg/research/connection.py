"""One way to ask a data directory or a SPARQL endpoint, opened once and closed once."""

from __future__ import annotations

import os
import re
import warnings
import weakref
from contextlib import ExitStack
from pathlib import Path

from kg.asking import Asked, open_current
from kg.errors import IndexStoreError, SettingError
from kg.index.answer import Answer
from kg.index.remote import RemoteIndex
from kg.journal import Journal
from kg.keeper import shows_union
from kg.settings import load_settings
from kg.vocab import PREFIXES

_JSON = "application/sparql-results+json"
_TSV = "text/tab-separated-values"
_TURTLE = "text/turtle"
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


class Connection:
    """What answers queries; closed at the latest when nobody refers to it any more."""

    def __init__(self, source: str | os.PathLike[str], timeout: float | None = None) -> None:
        """A connection to the data directory or endpoint `source`; a query may run for `timeout` seconds.

        Raises:
            SettingError: `source` is neither.
            JournalError: the journal of the directory cannot be used.
            IndexStoreError: its index cannot.
        """
        self.name = os.fspath(source)
        self.is_union: bool
        """Whether it is known that the default graph is the union of all graphs, and nothing more."""
        if timeout is not None and not timeout > 0:
            raise SettingError(f"timeout={timeout} is no number of seconds: give one above 0, or leave it out")
        settings = load_settings()
        if timeout is not None:
            settings = settings.model_copy(update={"query_timeout": timeout})
        self.is_endpoint = isinstance(source, str) and _ADDRESS.match(source) is not None
        with ExitStack() as stack:
            if self.is_endpoint:
                self.is_union = False
                self._asked: Asked = RemoteIndex.connect(self.name, timeout=settings.query_timeout)
            else:
                settings = settings.model_copy(update={"data": Path(source)})
                self._asked = stack.enter_context(open_current(settings, _warn))
                with Journal.open(settings.data, base_iri=settings.base_iri, write=False) as journal:
                    self.is_union = shows_union(settings, journal)
            self._end = weakref.finalize(self, stack.pop_all().close)

    def close(self) -> None:
        """Let go of it; closing twice does nothing."""
        self._end()

    @property
    def is_open(self) -> bool:
        """Whether it can be asked."""
        return self._end.alive

    def ask(self, text: str, *, all_rows: bool = False, results: str = _JSON) -> Answer:
        """The answer to a SPARQL query: solutions as `results`, graphs as Turtle; the project's prefixes are known.

        Raises:
            QueryError: see `kg.errors`.
            IndexStoreError: the connection is closed, or nobody answers.
        """
        if not self.is_open:
            raise IndexStoreError(f"the graph of {self.name} is closed: open it again with Graph({self.name!r})")
        # A data directory knows the prefixes by itself; so the places that its messages name are those of the query.
        text = declare_prefixes(text) if self.is_endpoint else text
        return self._asked.query(text, results=results, graphs=_TURTLE, all_rows=all_rows)

    def ask_whole(self, text: str) -> tuple[str, bytes]:
        """Media type and content of the answer to a query of our own, as `kg.export.solutions` wants them."""
        # Of other engines JSON is the format that all write alike; TSV is read twice as fast.
        with self.ask(text, all_rows=True, results=_JSON if self.is_endpoint else _TSV) as answer:
            return answer.media_type, b"".join(answer)


def declare_prefixes(text: str) -> str:
    """A query with the prefixes of the project that it may use and does not declare, on its own first line."""
    declared = {name.lower() for name in re.findall(r"PREFIX\s+([^\s:<>]*):", text, re.IGNORECASE)}
    missing = {
        name: namespace
        for name, namespace in PREFIXES.items()
        if name not in declared and re.search(rf"(?<![\w.-]){name}:", text)
    }
    return "".join(f"PREFIX {name}: <{namespace}> " for name, namespace in missing.items()) + text


def _warn(line: str) -> None:
    warnings.warn(line, stacklevel=2)
