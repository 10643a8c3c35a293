"""The questions of the mix: each is SPARQL, no two alike, and each distinct one asks what the repeated one asks."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from random import Random

import pyoxigraph as ox
import pytest

import serve_mix
from serve_mix import Names

NAMES = Names(
    states=("FRA", "USA", "PRK"),
    known=tuple(f"{a}{b}X" for a in "ABCDEFGH" for b in "ABCDEFGH"),
    people=("Ann Lee", "Bo Ek", "Cy Day"),
    agents=tuple(f"Agent {number}" for number in range(50)),
)
KINDS = list(serve_mix.repeated())


def variables(text: str) -> list[str]:
    solutions = ox.Store().query(text)
    assert isinstance(solutions, ox.QuerySolutions)
    return [variable.value for variable in solutions.variables]


def test_the_mix_has_the_ten_questions_and_six_more() -> None:
    assert len(KINDS) == 16
    assert [kind for kind in KINDS if kind[0].isdecimal()] == sorted(
        file.stem for file in serve_mix.QUERIES.glob("*.rq")
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_distinct_question_gives_the_columns_of_the_repeated_one(kind: str) -> None:
    texts = [one[kind] for one in islice(serve_mix.distinct(NAMES, 0), 3)]
    assert len({*texts, serve_mix.repeated()[kind]}) == 4
    assert {tuple(variables(text)) for text in texts} == {tuple(variables(serve_mix.repeated()[kind]))}


def test_no_text_comes_twice() -> None:
    texts = [text for one in islice(serve_mix.distinct(NAMES, 0), 100) for text in one.values()]
    assert len(set(texts)) == len(texts)
    least = [text for seed in (0, 1) for one in serve_mix.least(10, seed) for text in one.values()]
    assert len(set(least)) == 20
    assert all(variables(text) == ["x"] for text in least)


def test_the_same_seed_draws_the_same() -> None:
    first, again, other = (list(islice(serve_mix.distinct(NAMES, seed), 3)) for seed in (0, 0, 1))
    assert first == again != other


def test_too_few_names_are_an_error_and_no_endless_search() -> None:
    few = Names(("FRA", "USA"), ("FRA", "USA"), ("Ann Lee",), ("Ann Lee",))
    with pytest.raises(ValueError, match="too few names"):
        list(islice(serve_mix.distinct(few, 0), 10))


def test_a_round_asks_everything_once_in_some_order() -> None:
    texts = serve_mix.repeated()
    one = serve_mix.shuffled(texts, Random(1))
    assert dict(one) == texts
    assert [kind for kind, _ in one] != KINDS


def test_names_are_those_of_states_that_act_and_of_agents(tmp_path: Path) -> None:
    base, label = "http://localhost:8000/", "<http://www.w3.org/2000/01/rdf-schema#label>"
    kg = "https://w3id.org/geokg/ontology#"
    lines = [
        f"<{base}event/1> <{kg}actorState> <{base}state/FRA> .",
        f"<{base}event/1> <{kg}recipientState> <{base}state/USA> .",
        f'<{base}state/FRA> <{kg}iso3> "FRA" .',
        f'<{base}state/TUV> <{kg}iso3> "TUV" .',
        f'<{base}person/ann-lee> {label} "Ann Lee" .',
        f'<{base}person/bo-1> {label} "Bo" .',
        f'<{base}group/1> {label} "all \\"big\\" donors" .',
        f'<{base}organization/un> {label} "United Nations" .',
        f'<{base}state/FRA> {label} "France" .',
    ]
    (tmp_path / "union.nt").write_text("\n".join(lines), "utf-8")
    agents = ("Ann Lee", "Bo", "United Nations")
    assert serve_mix.find_names(tmp_path / "union.nt") == Names(("FRA",), ("FRA", "TUV"), ("Ann Lee",), agents)
