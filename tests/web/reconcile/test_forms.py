from __future__ import annotations

import pytest

from kg.web.reconcile.forms import MOST_CHARACTERS, loosen, to_form


@pytest.mark.parametrize(
    ("name", "tokens"),
    [
        ("Kim Jong-un", ("kim", "jong", "un")),
        ("U.S.A.", ("usa",)),
        ("U.S. Army", ("us", "army")),
        ("The Gambia", ("gambia",)),
        ("the", ("the",)),
        ("Côte d’Ivoire", ("cote", "divoire")),
        ("St. Kitts & Nevis", ("saint", "kitts", "and", "nevis")),
        ("Нигерия", ("nigeriya",)),
        ("习近平", ("xijinping",)),
        ("김정은", ("gimjeongeun",)),
        ("محمد بن سلمان", ("mhmd", "bn", "slmn")),
        ("  \t", ()),
        ("…?!", ()),
        ("\ud800x", ("x",)),
    ],
)
def test_tokens(name: str, tokens: tuple[str, ...]) -> None:
    assert to_form(name).tokens == tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zelenskiy", "Zelenskyy"),
        ("Zelensky", "Selenskyj"),
        ("Gaddafi", "Gadafi"),
        ("Philippines", "Filipines"),
        ("Mueller", "Muller"),
        ("Morocco", "Moroco"),
    ],
)
def test_spellings_of_one_sound(one: str, other: str) -> None:
    assert to_form(one).loose == to_form(other).loose


@pytest.mark.parametrize(
    ("one", "other"), [("محمد بن سلمان", "Mohammed bin Salman"), ("김정은", "Kim Jong-un"), ("Зеленський", "Selenskyj")]
)
def test_the_consonants_of_two_scripts(one: str, other: str) -> None:
    assert to_form(one).bones == to_form(other).bones


def test_words_of_one_script_are_told_apart() -> None:
    assert to_form("हिन्दी").plain != to_form("हन्द").plain
    assert to_form("王伟").plain != to_form("王维").plain
    assert to_form("王伟").whole == to_form("王维").whole


def test_a_long_text_is_cut() -> None:
    form = to_form("word " * 10_000)
    assert len(form.plain) <= MOST_CHARACTERS and len(form.tokens) == 12


def test_loosen_is_the_same_the_second_time() -> None:
    assert [loosen(loosen(word)) for word in ("khrushchev", "sixty")] == [loosen("khrushchev"), loosen("sixty")]
