"""What a graph holds, in a few numbers, and how to go on."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from kg.export.solutions import Ask, ask_solutions

_COUNTS = """SELECT ?class (COUNT(DISTINCT ?record) AS ?count) WHERE {
  VALUES ?class { kg:Article kg:Statement kg:Event kg:Official }
  { ?record a ?class } UNION { GRAPH ?graph { ?record a ?class } }
} GROUP BY ?class"""
_DATES = """SELECT (MIN(STR(?published)) AS ?first) (MAX(STR(?published)) AS ?last) WHERE {
  { ?article schema:datePublished ?published } UNION { GRAPH ?graph { ?article schema:datePublished ?published } }
}"""
_NOUNS = {"Article": "article", "Statement": "statement", "Event": "event", "Official": "official"}
_NEXT = (
    ('graph.events(actor="USA", since="2024-01")', "a frame with a row for each event"),
    ('graph.statements(stance="denies")', "who said what"),
    ("graph.evidence(iri)", "the words behind a row, by the ID that stands in it"),
    ("graph.plot_timeline()", "conflict and cooperation over time"),
    ('graph.query("SELECT …")', "any question in SPARQL"),
)


@dataclass(frozen=True, slots=True)
class Overview:
    """How much a graph holds, by noun, and the days between which its articles were published, where known."""

    name: str
    counts: dict[str, int]
    first: str | None
    last: str | None

    def to_html(self) -> str:
        """For a notebook; all that comes from outside is escaped."""
        cells = "".join(
            f'<td style="text-align:left;padding-right:2em"><b>{number:,}</b> {_plural(number, noun)}</td>'
            for noun, number in self.counts.items()
        )
        lines = "".join(f"<tr><td><code>{escape(code)}</code></td><td>{what}</td></tr>" for code, what in _NEXT)
        lines = lines.replace("<td>", '<td style="text-align:left">')
        return (
            f"<p><b>Graph</b> of <code>{escape(self.name)}</code>{escape(self._period())}</p>"
            f"<table><tr>{cells}</tr></table><table>{lines}</table>"
        )

    def __str__(self) -> str:
        """The same on a line."""
        told = ", ".join(f"{number:,} {_plural(number, noun)}" for noun, number in self.counts.items())
        return f"Graph of {self.name}: {told}{self._period()}"

    def _period(self) -> str:
        if self.first is None or self.last is None:
            return ""
        return f", published {self.first}" if self.first == self.last else f", published {self.first} to {self.last}"


def _plural(number: int, noun: str) -> str:
    return noun if number == 1 else f"{noun}s"


def look_over(ask: Ask, name: str) -> Overview:
    """The overview of what answers by `ask`."""
    rows = ask_solutions(ask, _COUNTS)
    found = {row["class"].value.rpartition("#")[2]: int(row["count"].value) for row in rows}
    (dates,) = ask_solutions(ask, _DATES)
    first, last = (None if dates[key] is None else dates[key].value[:10] for key in ("first", "last"))
    return Overview(name, {noun: found.get(kind, 0) for kind, noun in _NOUNS.items()}, first, last)
