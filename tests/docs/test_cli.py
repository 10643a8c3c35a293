from __future__ import annotations

from enum import StrEnum
from typing import Any, get_type_hints

import pytest
import typer.main

from docs.pages import codes, headings, read, rows, section
from kg.cli import app

PAGE = read("docs/cli.md")
COMMANDS: dict[str, Any] = vars(typer.main.get_command(app))["commands"]
VERBS = sorted(COMMANDS)


def options(verb: str) -> list[Any]:
    return [parameter for parameter in COMMANDS[verb].params if parameter.param_type_name == "option"]


def described(verb: str) -> dict[str, list[str]]:
    """The row of each option of a verb."""
    table = [row for row in rows(section(PAGE, f"kg {verb}")) if row[0].startswith("`--")]
    return {name: row for row in table for name in codes(row[0])}


def test_every_verb_is_documented_and_nothing_else() -> None:
    assert sorted(title.removeprefix("kg ") for title in headings(PAGE) if title.startswith("kg ")) == VERBS


def test_the_readme_lists_every_verb() -> None:
    listed = [codes(row[0])[0].split()[1] for row in rows(section(read("README.md"), "Verbs"))]
    assert sorted(listed) == VERBS


@pytest.mark.parametrize("verb", VERBS)
def test_every_option_is_documented_and_nothing_else(verb: str) -> None:
    real = [name for option in options(verb) for name in (*option.opts, *option.secondary_opts)]
    assert sorted(described(verb)) == sorted(real)


@pytest.mark.parametrize("verb", VERBS)
def test_the_default_of_an_option_is_documented(verb: str) -> None:
    for option in options(verb):
        if option.default is not None and not isinstance(option.default, bool):
            assert described(verb)[option.opts[0]][1] == f"`{option.default}`"


@pytest.mark.parametrize("verb", VERBS)
def test_every_value_of_an_option_is_documented(verb: str) -> None:
    hints = get_type_hints(COMMANDS[verb].callback)
    for name in [name for name, hint in hints.items() if isinstance(hint, type) and issubclass(hint, StrEnum)]:
        assert sorted(codes(described(verb)[f"--{name}"][2])) == sorted(hints[name])
