"""The queries of `data/queries/`, on the graph of the sample article, beside the answers that two people gave.

`NN-*.csv` holds the answer that must come; the tables below say what may come besides, and what may stand instead,
where the two people read differently. Nothing of it follows what the program prints.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import pytest

from kg.asking import Asked, QueryFormat, answer_query
from kg.resources import resource

QUERIES = resource("data", "queries")
NAMES = sorted(path.stem for path in QUERIES.glob("*.rq"))
Row = dict[str, str]

HEADLINE = "US and South Korea promise to continue to help Ukraine"
SECOND_HEADLINE = "White House announced continuation of aid to Ukraine"
DISCUSSED = "The advisers discussed"
PURCHASED = "On 4 January"
MEETING = "The United States intends"

# Cells that list names in any order, and cells that hold the words of the article, of which more or fewer may be taken.
LISTS = {"who", "whom", "alsoCalled", "actors", "recipients", "claimedBy"}
WORDS = {"for", "acts", "trigger", "role"}

# Beginnings of rows that may come besides: one of the two people saw the fact, or the headline repeats a sentence.
BESIDES: dict[str, list[Row]] = {
    "05-pledges": [{"who": "South Korea, United States", "words": HEADLINE}],
    "07-timeline": [
        {"date": "2024-01-10", "factuality": "future", "what": "AGREE", "trigger": "meeting", "words": MEETING}
    ],
    "09-sentences": [
        {"kind": "event", "what": "AGREE", "sentence": HEADLINE},
        {"kind": "statement", "what": "pledges", "sentence": HEADLINE},
        {"kind": "event", "what": "AGREE", "sentence": SECOND_HEADLINE},
        {"kind": "statement", "what": "announces", "sentence": SECOND_HEADLINE},
        {"kind": "event", "what": "AGREE", "sentence": MEETING},
    ],
    "10-dyads": [
        # Whom the missiles struck that nobody confirmed, one of the two left open.
        {"actor": "RUS", "recipient": "UKR", "category": "ASSAULT", "factuality": "hypothetical", "events": "1"},
    ],
}

# Rows of the answer, and what may stand there instead: trade and cooperation read as an act of one on the other.
INSTEAD: dict[str, list[tuple[Row, Row]]] = {
    "06-acts-between-two": [
        ({"trigger": "military cooperation", "words": DISCUSSED}, {"actors": "PRK", "recipients": "RUS"}),
        ({"trigger": "purchased", "words": PURCHASED}, {"actors": "RUS", "recipients": "PRK"}),
    ],
    "10-dyads": [
        ({"actor": "PRK", "recipient": "RUS", "category": "COOPERATE"}, {"events": "2"}),
        ({"actor": "RUS", "recipient": "PRK", "category": "COOPERATE"}, {"events": "2"}),
        # The headlines, read as events of their own.
        ({"actor": "KOR", "recipient": "UKR", "category": "AGREE"}, {"events": "3"}),
        ({"actor": "USA", "recipient": "UKR", "category": "AGREE"}, {"events": "3"}),
        ({"actor": "USA", "recipient": "UKR", "category": "AGREE"}, {"events": "4"}),
    ],
}


def expected(name: str) -> list[Row]:
    """The rows that must come."""
    with (QUERIES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def pieces(cell: str) -> set[str]:
    return set(cell.split(", ")) if cell else set()


def overlap(one: str, other: str) -> bool:
    return one in other or other in one


def same_cell(column: str, wanted: str, found: str) -> bool:
    if column in LISTS:
        return pieces(wanted) == pieces(found)
    if column in WORDS:
        left, right = pieces(wanted), pieces(found)
        return all(any(overlap(a, b) for b in right) for a in left) and all(
            any(overlap(a, b) for a in left) for b in right
        )
    return wanted == found


def same_row(wanted: Row, found: Row) -> bool:
    return all(same_cell(column, wanted[column], found[column]) for column in wanted)


def fits(start: Row, row: Row) -> bool:
    """True where each cell of `start` begins, or says the same as, that of `row`."""
    return all(row[column].startswith(cell) or same_cell(column, cell, row[column]) for column, cell in start.items())


def readings(name: str, wanted: Row) -> list[Row]:
    """A row of the answer, and all that may stand in its place."""
    return [wanted, *({**wanted, **other} for start, other in INSTEAD.get(name, []) if fits(start, wanted))]


def compare(name: str, found: Sequence[Row]) -> tuple[list[int], list[Row]]:
    """Which expected rows are missing, by number, and which found rows are neither expected nor allowed."""
    rest = list(found)
    missing = []
    for number, wanted in enumerate(expected(name)):
        match = next((row for row in rest if any(same_row(one, row) for one in readings(name, wanted))), None)
        if match is None:
            missing.append(number)
        else:
            rest.remove(match)
    for start in BESIDES.get(name, []):
        rest = remove_first(rest, start)
    return missing, rest


def remove_first(rows: Sequence[Row], start: Row) -> list[Row]:
    index = next((i for i, row in enumerate(rows) if fits(start, row)), len(rows))
    return [*rows[:index], *rows[index + 1 :]]


@pytest.fixture(scope="session")
def answers(sample: Asked) -> dict[str, list[Row]]:
    """What the program answers to each question."""
    found = {}
    for name in NAMES:
        with answer_query(sample, (QUERIES / f"{name}.rq").read_text("utf-8"), QueryFormat.CSV) as answer:
            found[name] = list(csv.DictReader(io.StringIO(b"".join(answer).decode(), newline="")))
    return found


def cases() -> list[tuple[str, int]]:
    return [(name, number) for name in NAMES for number in range(len(expected(name)))]


def test_there_are_ten_questions_with_an_answer_each() -> None:
    assert [name[:2] for name in NAMES] == [f"{n:02}" for n in range(1, 11)]
    assert sorted(path.stem for path in QUERIES.glob("*.csv")) == NAMES


@pytest.mark.parametrize("name, number", cases())
def test_the_answer_has_the_row(answers: dict[str, list[Row]], name: str, number: int) -> None:
    missing, _ = compare(name, answers[name])
    assert number not in missing, expected(name)[number]


@pytest.mark.parametrize("name", NAMES)
def test_the_answer_has_no_other_row(answers: dict[str, list[Row]], name: str) -> None:
    _, others = compare(name, answers[name])
    assert others == []


@pytest.mark.parametrize("name", NAMES)
def test_the_answer_has_the_columns(answers: dict[str, list[Row]], name: str) -> None:
    assert list(answers[name][0]) == list(expected(name)[0])


@pytest.mark.parametrize(
    "found, missing, others",
    [
        ([], [0, 1], []),
        ([{"iso3": "B", "state": "b"}, {"iso3": "A", "state": "a"}], [], []),
        ([{"iso3": "A", "state": "a"}, {"iso3": "A", "state": "a"}], [1], [{"iso3": "A", "state": "a"}]),
        ([{"iso3": "A", "state": "a"}, {"iso3": "B", "state": "wrong"}], [1], [{"iso3": "B", "state": "wrong"}]),
    ],
)
def test_rows_are_compared_with_the_answer(
    monkeypatch: pytest.MonkeyPatch, found: list[Row], missing: list[int], others: list[Row]
) -> None:
    rows = [{"iso3": "A", "state": "a"}, {"iso3": "B", "state": "b"}]
    monkeypatch.setattr(f"{__name__}.expected", lambda _: rows)
    assert compare("any", found) == (missing, others)


@pytest.mark.parametrize(
    "column, wanted, found, same",
    [
        ("who", "A, B", "B, A", True),
        ("who", "A, B", "A", False),
        ("trigger", "purchased", "purchased from", True),
        ("trigger", "purchased", "handed over", False),
        ("for", "transfer, use", "use, transfer of missiles", True),
        ("for", "transfer, use", "use", False),
        ("for", "", "use", False),
        ("date", "2024-01-04", "2024-01", False),
    ],
)
def test_cells_are_compared_by_what_they_hold(column: str, wanted: str, found: str, same: bool) -> None:
    assert same_cell(column, wanted, found) is same
