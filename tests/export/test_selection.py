from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from kg.errors import SettingError
from kg.export import TABLES, ArticleRecord, EventRecord, Party, Selection, StatementRecord, select
from kg.export.event_table import gather_events
from kg.export.statement_table import gather_statements
from kg.exporter import Exporter, open_exporter
from kg.settings import Settings

ARTICLE = ArticleRecord("http://x/article/1", published="2024-01-05")
KIM = Party("http://x/person/kim", "Kim Jong Un", "Official", states=("PRK",), names=("Kim",))
EVENT = EventRecord(
    iri="http://x/event/1",
    article=ARTICLE,
    category="THREATEN",
    factuality="actual",
    quad_class="verbal-conflict",
    score=-3.5,
    evidence=(),
    actors=(KIM,),
    actor_states=("PRK",),
    recipient_states=("KOR",),
)
STATEMENT = StatementRecord("http://x/statement/1", ARTICLE, "warns", (KIM,), ())


@pytest.mark.parametrize(
    ("criteria", "taken"),
    [
        ({}, True),
        ({"state": "KOR"}, True),
        ({"state": ["USA", "prk"]}, True),
        ({"state": "USA"}, False),
        ({"actor": "PRK"}, True),
        ({"actor": "kim jong un"}, True),
        ({"actor": "KIM"}, True),
        ({"actor": "http://x/person/kim"}, True),
        ({"actor": "KOR"}, False),
        ({"recipient": "KOR"}, True),
        ({"category": "threaten"}, True),
        ({"category": ["AID", "ACCUSE"]}, False),
        ({"quad_class": "VERBAL CONFLICT"}, True),
        ({"quad_class": "material-conflict"}, False),
        ({"factuality": "Actual"}, True),
        ({"factuality": "future"}, False),
        ({"state": "KOR", "category": "AID"}, False),
    ],
)
def test_an_event_is_taken_where_it_meets_every_criterion(criteria: dict[str, str], taken: bool) -> None:
    assert select(**criteria).takes_event(EVENT) is taken


@pytest.mark.parametrize(
    ("date", "published", "taken"),
    [
        ("2024-01-20", "2024-03-01", True),
        ("2024-01", "2024-03-01", True),
        ("2023", "2024-01-20", False),
        (None, "2024-01-20", True),
        (None, "2024-03-01", False),
        (None, None, False),
    ],
)
def test_the_date_is_that_of_the_event_and_else_of_the_article(
    date: str | None, published: str | None, taken: bool
) -> None:
    selection = select(since="2024-01-10", until="2024-01-31")
    event = dataclasses.replace(EVENT, date=date, article=dataclasses.replace(ARTICLE, published=published))
    assert selection.takes_event(event) is taken
    statement = dataclasses.replace(STATEMENT, said_on=date, article=event.article)
    assert selection.takes_statement(statement) is taken


@pytest.mark.parametrize(
    ("criteria", "taken"),
    [
        ({"speaker": "prk"}, True),
        ({"speaker": "Lee"}, False),
        ({"stance": "warns"}, True),
        ({"state": "USA"}, False),
    ],
)
def test_a_statement_is_taken_by_speaker_state_and_stance(criteria: dict[str, str], taken: bool) -> None:
    assert select(**criteria).takes_statement(STATEMENT) is taken


@pytest.mark.parametrize(
    ("days", "values", "message"),
    [
        ({"since": "yesterday"}, {}, "since='yesterday' is no date"),
        ({"since": "2024-02-01", "until": "2024-01-01"}, {}, "ends .* before it begins"),
        ({}, {"state": "Atlantis"}, "no state 'Atlantis': use an ISO 3166-1"),
        ({}, {"category": "FIGHT"}, "no category 'FIGHT': use AGREE, "),
        ({}, {"factuality": "true"}, "no factuality"),
        ({}, {"stance": "says"}, "no stance"),
        ({}, {"quad_class": "conflict"}, "no quad class"),
    ],
)
def test_what_is_on_no_list_is_refused(days: dict[str, str], values: dict[str, str], message: str) -> None:
    with pytest.raises(SettingError, match=message):
        select(**days, **values)


@pytest.mark.parametrize(("table", "values"), [("articles", {"state": "FRA"}), ("events", {"stance": "warns"})])
def test_a_table_refuses_what_does_not_concern_it(table: str, values: dict[str, str]) -> None:
    with pytest.raises(SettingError, match=f"{table} cannot be selected by"):
        TABLES[table].check(select(**values))


@pytest.mark.parametrize(
    "values",
    [
        {"state": "CHL"},
        {"category": ["ACCUSE", "CONSULT"]},
        {"factuality": "future"},
        {"stance": "condemns"},
        {"state": ["KOR", "FJI"], "category": "ACCUSE"},
    ],
)
def test_what_is_left_unopened_holds_nothing_that_is_wanted(exporter: Exporter, values: dict[str, str]) -> None:
    """Graphs are passed over by their bytes; that must not lose a record."""
    selection = select(**values)
    everything, some = list(exporter.graphs(Selection())), list(exporter.graphs(selection))
    assert len(some) <= len(everything)
    for gather in (gather_events, gather_statements):
        if not (gather is gather_events and "stance" in values) and not (
            gather is gather_statements and {"category", "factuality"} & set(values)
        ):
            assert list(gather(some, selection)) == list(gather(everything, selection))


def test_the_past_of_a_table_ends_where_it_is_asked_to(data: Path) -> None:
    with open_exporter(Settings(data=data)) as exporter:
        until = dt.date(2024, 1, 4)
        selection = Selection(until=until)
        dates = [
            event.date or event.article.published for event in gather_events(exporter.graphs(selection), selection)
        ]
        assert dates
        assert all(date and date <= "2024-01-04" for date in dates)
