from __future__ import annotations

import io
from collections.abc import Iterator

from kg.export import OUTPUTS, Selection, select
from kg.export.named_graph import NamedGraph
from kg.export.officials import gather_officials
from kg.exporter import Exporter
from kg.vocab import PREFIXES

KG, RDF, RDFS = PREFIXES["kg"], PREFIXES["rdf"], PREFIXES["rdfs"]


def graph(number: int, title: str, state: str, published: str, said: int = 1) -> NamedGraph:
    """One article in which an official holds an office of a state and says something."""
    article, person, post = f"http://x/article/{number}", "http://x/person/a", f"http://x/post/{number}"
    triples = [
        (article, f"{RDF}type", f"{KG}Article", False),
        (article, "https://schema.org/datePublished", published, True),
        (person, f"{RDF}type", f"{KG}Official", False),
        (person, f"{RDFS}label", "Ana Silva" if number else "Silva", True),
        (person, f"{KG}holds", post, False),
        (person, f"{KG}confidence", f"0.{number + 1}", True),
        (post, f"{KG}role", title, True),
        (post, f"{KG}ofState", f"http://x/state/{state}", False),
        (f"http://x/state/{state}", f"{KG}iso3", state, True),
        *((f"http://x/statement/{number}-{i}", f"{KG}speaker", person, False) for i in range(said)),
    ]
    return NamedGraph(article, triples)


GRAPHS = [
    graph(0, "president", "FJI", "2024-01-03"),
    graph(1, "President", "PER", "2024-01-01", said=2),
    graph(2, "President", "PER", "2024-01-02"),
    graph(3, "Minister", "PER", "2024-02-01"),
]


def test_what_most_articles_say_comes_first() -> None:
    (official,) = gather_officials(GRAPHS, Selection())
    assert (official.name, official.names) == ("Ana Silva", ("Silva",))
    assert official.titles == ("President", "Minister")
    assert official.states == ("PER", "FJI")
    assert (official.first, official.last) == ("2024-01-01", "2024-02-01")
    assert (official.articles, official.statements, official.acts, official.confidence) == (4, 5, 0, 0.4)
    assert list(gather_officials(reversed(GRAPHS), Selection())) == [official]


def test_period_and_states_select() -> None:
    (official,) = gather_officials(GRAPHS, select(since="2024-01-03", until="2024-01-31"))
    assert (official.articles, official.titles) == (1, ("president",))
    assert list(gather_officials(GRAPHS, select(state="USA"))) == []
    assert len(list(gather_officials(GRAPHS, select(state="FJI")))) == 1


def test_the_articles_of_an_official_count_though_they_do_not_name_the_state(exporter: Exporter) -> None:
    """Graphs in which a state does not occur are passed over for events, but not where officials are counted."""
    selection = select(state="USA")
    output = OUTPUTS["officials.csv"]
    opened = []

    def graphs(wanted: Selection) -> Iterator[NamedGraph]:
        opened.append(wanted)
        return exporter.graphs(wanted)

    output.write(graphs, selection, io.BytesIO())
    assert opened == [Selection()]
    assert output.table.reads(select(since="2024-01-01", state="USA")).named == ("since",)
    assert OUTPUTS["events.csv"].table.reads(selection) == selection
