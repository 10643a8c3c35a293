"""Tables over a whole journal, against what SPARQL says of the same graphs."""

from __future__ import annotations

from collections import Counter

import pyoxigraph as ox
import pytest

from export.conftest import BASE
from kg.export import TABLES, Selection
from kg.export.dyads import count_dyads, pair_states
from kg.export.event_table import gather_events
from kg.export.table import SEPARATOR
from kg.export.values import SCHEMES, load_values
from kg.exporter import Exporter
from kg.reference import load_states
from kg.types import Entry
from kg.vocab import CATEGORIES, PREFIXES

Rows = list[dict[str, object]]


def read(exporter: Exporter, name: str, selection: Selection | None = None) -> Rows:
    table, selection = TABLES[name], selection or Selection()
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows(exporter.graphs(selection), selection)]


@pytest.fixture
def store(exporter: Exporter) -> ox.Store:
    store = ox.Store()
    for iri, triples in exporter.stored():
        store.load(triples, ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(iri) if iri else ox.DefaultGraph())
    return store


def ask(store: ox.Store, query: str) -> list[tuple[str | None, ...]]:
    found = store.query(query, prefixes=PREFIXES, use_default_graph_as_union=True)
    return [tuple(term and term.value for term in row) for row in found]  # type: ignore[union-attr]


@pytest.mark.parametrize("name", TABLES)
def test_each_column_is_described_and_read(name: str) -> None:
    table = TABLES[name]
    names = [column.name for column in table.columns]
    assert sorted(names) == sorted(table.readers)
    assert len(set(names)) == len(names)
    assert set(table.key) <= set(names)
    assert all(column.meaning.endswith(".") for column in table.columns)
    assert {column.scheme for column in table.columns} - {None} <= set(SCHEMES)
    assert {column.term.split(":")[0] for column in table.columns if column.term} <= set(PREFIXES)


@pytest.mark.parametrize("name", TABLES)
def test_cells_keep_what_the_columns_promise(exporter: Exporter, name: str) -> None:
    rows = read(exporter, name)
    assert rows
    for column in TABLES[name].columns:
        cells = [row[column.name] for row in rows]
        assert not column.required or None not in cells
        kinds = {"string": str, "integer": int, "number": float, "date": object}[column.type.value]
        assert all(isinstance(cell, kinds) for cell in cells if cell is not None)
        if column.scheme:
            listed = {value.name for value in load_values(column.scheme)}
            several = (value for cell in cells if cell for value in str(cell).split(SEPARATOR))
            assert set(several) <= listed
    keys = [tuple(row[key] for key in TABLES[name].key) for row in rows]
    assert len(set(keys)) == len(keys)


def test_rows_are_the_events_of_the_graph(exporter: Exporter, store: ox.Store) -> None:
    rows = read(exporter, "events")
    asked = ask(store, "SELECT DISTINCT ?e ?c ?f { ?e a kg:Event ; kg:category ?c ; kg:factuality ?f }")
    told = {(row["Event ID"], row["Event Type"], row["Factuality"]) for row in rows}
    assert told == {(e, c and c.split("#")[1], f and f.split("#")[1]) for e, c, f in asked}
    assert len(rows) == len(asked)
    assert f"{BASE}event/noted" in {row["Event ID"] for row in rows}


def test_rows_are_the_statements_and_articles_of_the_graph(exporter: Exporter, store: ox.Store) -> None:
    for name, type in (("statements", "Statement"), ("articles", "Article"), ("officials", "Official")):
        key = TABLES[name].key[0]
        asked = {iri for (iri,) in ask(store, f"SELECT DISTINCT ?s {{ ?s a kg:{type} }}")}
        assert Counter(row[key] for row in read(exporter, name)) == Counter(asked)


@pytest.mark.parametrize("name", ["events", "statements"])
def test_each_row_leads_back_to_its_sentence(exporter: Exporter, store: ox.Store, name: str) -> None:
    texts = dict(ask(store, "SELECT ?a ?t { ?a kg:text ?t }"))
    for row in read(exporter, name):
        text = texts[str(row["Article ID"])]
        assert text
        assert text[row["Sentence Start"] : row["Sentence End"]] == row["Sentence"]  # type: ignore[misc]
        asked = ask(store, f"SELECT ?w {{ <{row['Sentence ID']}> oa:exact ?w }}")
        assert asked[0][0] == row["Sentence"]
        if name == "events":
            assert text[row["Trigger Start"] : row["Trigger End"]] == row["Trigger"]  # type: ignore[misc]


def test_the_sample_article_tells_who_is_behind_a_claim(exporter: Exporter) -> None:
    rows = read(exporter, "events")
    used = next(row for row in rows if row["Trigger"] == "used ballistic missiles")
    assert (used["Disputed By"], used["Factuality"]) == ("Yurii Ihnat", "hypothetical")
    bought = next(row for row in rows if row["Trigger"] == "purchased from")
    assert (bought["Speaker"], bought["Speaker Country"]) == ("John Kirby", "USA")
    assert (bought["Actor Country"], bought["Actor COW"], bought["Recipient COW"]) == ("RUS", "365", "731")
    phoned = next(row for row in rows if row["Event Mode"] == "phone")
    assert phoned["Intensity"] == 1.5
    assert phoned["Actor Name"] == "Chung Ho Jin;Jake Sullivan"
    month = next(row for row in rows if row["Event Date"] == "2023-11")
    assert (str(month["Date From"]), str(month["Date To"])) == ("2023-11-01", "2023-11-30")


def test_dyads_count_actual_events_between_states(exporter: Exporter) -> None:
    events = list(gather_events(exporter.graphs(Selection()), Selection(factualities=("actual",))))
    rows = read(exporter, "dyads")
    assert sum(int(str(row["Count"])) for row in rows) == sum(len(list(pair_states(event))) for event in events)
    pairs = {(row["Actor Country"], row["Recipient Country"], row["Quad Code"]) for row in rows}
    # A phone call has no recipient: it is between those who make it.
    assert {("USA", "KOR", "VERBAL COOPERATION"), ("KOR", "USA", "VERBAL COOPERATION")} <= pairs
    future = read(exporter, "dyads", Selection(factualities=("future",)))
    assert future
    assert {row["Month"] for row in rows if row["Dated By"] is None} <= {None}
    assert list(count_dyads(events)) == list(count_dyads(reversed(events)))


@pytest.mark.parametrize(
    ("selection", "side"),
    [
        (Selection(states=("RUS",)), None),
        (Selection(actors=("KOR",)), "Actor Country"),
    ],
)
def test_dyads_of_a_state_are_those_that_it_is_in(exporter: Exporter, selection: Selection, side: str | None) -> None:
    """And they count as much as without a selection, though events are between other states as well."""
    wanted = {*selection.states, *selection.actors}
    sides = (side,) if side else ("Actor Country", "Recipient Country")
    expected = [row for row in read(exporter, "dyads") if wanted & {row[name] for name in sides}]
    assert read(exporter, "dyads", selection) == expected != []


def test_dyads_with_a_recipient_are_those_that_name_it_as_one(exporter: Exporter) -> None:
    """What states do with each other has no recipient, so it is not among them."""
    rows = read(exporter, "dyads", Selection(recipients=("rus",)))
    assert {row["Recipient Country"] for row in rows} == {"RUS"}


def test_dyads_of_a_person_are_those_of_the_states_behind_them(exporter: Exporter) -> None:
    assert read(exporter, "dyads", Selection(actors=("Jake Sullivan",)))


def test_every_state_of_the_correlates_of_war_has_one_number() -> None:
    numbers = {state.iso3: state.cow for state in load_states().values() if state.cow is not None}
    assert len(set(numbers.values())) == len(numbers) == 195
    some = {"USA": 2, "GBR": 200, "DEU": 255, "RUS": 365, "SRB": 345, "YEM": 679, "PRK": 731, "KIR": 946, "NRU": 970}
    assert {code: numbers[code] for code in some} == some
    assert load_states()["HKG"].cow is None


@pytest.mark.parametrize("scheme", SCHEMES)
def test_each_value_of_a_list_is_explained(scheme: str) -> None:
    values = load_values(scheme)
    assert len({value.name for value in values}) == len(values) > 3
    assert all(value.meaning.endswith(".") for value in values)


def test_categories_have_the_scores_of_plover() -> None:
    meanings = {value.name: value.meaning for value in load_values("categories")}
    assert sorted(meanings) == sorted(CATEGORIES)
    assert meanings["AID"].endswith("MATERIAL COOPERATION, score 10.")
    assert meanings["ACCUSE"].endswith("VERBAL CONFLICT, score -3.")
    modes = {value.name: value.meaning for value in load_values("modes")}
    assert modes["withdraw"].endswith("Of RETREAT (score 8), SANCTION (score -6).")


def test_an_event_told_again_by_somebody_is_one_row(exporter: Exporter, entries: list[Entry]) -> None:
    rows = Counter(row["Event ID"] for row in read(exporter, "events"))
    assert set(rows.values()) == {1}
    own = next(row for row in read(exporter, "events") if row["Event ID"] == f"{BASE}event/noted")
    assert own["Article ID"] == entries[0].article
    assert own["Sentence"]
    assert own["Headline"]


def test_what_somebody_says_of_an_article_is_no_other_article(exporter: Exporter, store: ox.Store) -> None:
    asked = ask(
        store,
        """SELECT ?o (COUNT(DISTINCT ?article) AS ?n) {
          ?o a kg:Official GRAPH ?article { ?article a kg:Article . ?o a kg:Official } } GROUP BY ?o""",
    )
    assert asked
    assert {(row["Official ID"], str(row["Articles"])) for row in read(exporter, "officials")} == set(asked)
    spoken = ask(store, "SELECT ?o (COUNT(DISTINCT ?s) AS ?n) { ?o a kg:Official . ?s kg:speaker ?o } GROUP BY ?o")
    told = {(row["Official ID"], str(row["Statements"])) for row in read(exporter, "officials") if row["Statements"]}
    assert told == set(spoken)
