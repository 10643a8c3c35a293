"""The evaluation list: the same every time, of agents that are there, and its figures on the page."""

from __future__ import annotations

import random

from docs.pages import read, rows, section
from kg import iris
from kg.reference import load_leaders, load_organizations, load_states
from reconciling import SIZE, make_cases, misspell, read_rows


def test_the_names_are_the_same_every_time() -> None:
    assert make_cases() == make_cases()


def test_a_slip_changes_a_name_by_little() -> None:
    chance = random.Random(1)
    slips = [misspell("Philippines", chance) for _ in range(200)]
    assert all(abs(len(slip) - 11) <= 1 for slip in slips)
    assert sum(slip != "Philippines" for slip in slips) > 150


def test_the_names_by_hand_are_of_agents_that_are_there() -> None:
    known = {iris.state(iso3) for iso3 in load_states()}
    known |= {iris.person(name, "") for name in load_leaders()}
    known |= {iris.organization(name) for name in load_organizations()}
    named = read_rows("reconciling.csv")
    assert {row["key"] for row in named if row["key"]} - known == set()
    assert len({row["name"] for row in named}) == len(named) > 250


def test_the_page_has_a_row_for_each_sort() -> None:
    table = {row[0]: row[1:] for row in rows(section(read("docs/openrefine.md"), "How names are found"))}
    sorts = make_cases()
    assert {name: int(cells[0]) for name, cells in table.items()} == {name: len(sorts[name]) for name in sorts}
    assert sum(len(cases) for name, cases in sorts.items() if name.startswith("nobody")) == 3 * SIZE
