"""What people give as filters -> a `Selection`: one value or several, in any case, states by code or name."""

from __future__ import annotations

import datetime as dt
import functools
import unicodedata
from collections.abc import Iterable

from kg.errors import SettingError
from kg.export.periods import Period
from kg.export.selection import Selection
from kg.reference import load_states

Several = str | Iterable[str] | None
"""One value, or several of which any will do; None takes all."""
Day = str | dt.date | None
"""A date, or ISO 8601 text of a day, month or year; None is no bound."""


def select(
    *,
    actor: Several = None,
    recipient: Several = None,
    speaker: Several = None,
    state: Several = None,
    since: Day = None,
    until: Day = None,
    category: Several = None,
    quad_class: Several = None,
    factuality: Several = None,
    stance: Several = None,
) -> Selection:
    """The selection that the filters of the command, of `/export` and of `kg.Graph` ask for.

    Raises:
        SettingError: a value cannot be used; the message names those that can.
    """
    return Selection(
        since=_read_day("since", since, last=False),
        until=_read_day("until", until, last=True),
        states=_unique(_find_state(value) or value for value in _list("state", state)),
        actors=_read_agents("actor", actor),
        recipients=_read_agents("recipient", recipient),
        speakers=_read_agents("speaker", speaker),
        categories=tuple(_local(value).upper() for value in _list("category", category)),
        quad_classes=tuple(_hyphened(value) for value in _list("quad_class", quad_class)),
        factualities=tuple(_local(value).lower() for value in _list("factuality", factuality)),
        stances=tuple(_local(value).lower() for value in _list("stance", stance)),
    )


def _list(name: str, values: Several) -> tuple[str, ...]:
    """The values, normalised, each once."""
    if values is None:
        return ()
    listed = [values] if isinstance(values, str) or not isinstance(values, Iterable) else list(values)
    if not listed:
        raise SettingError(f"{name} is an empty list, which nothing can meet: leave it out to take all")
    return _unique(_clean(name, value) for value in listed)


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _clean(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise SettingError(f"{name}={value!r} is no text: give a name, a code or an IRI")
    text = unicodedata.normalize("NFC", value.strip())
    if not text:
        raise SettingError(f"{name} is empty: leave it out to take all")
    if not text.isprintable():
        raise SettingError(f"{name}={value!r} holds characters that no name has")
    return text


def _read_agents(name: str, values: Several) -> tuple[str, ...]:
    """Names, codes and IRIs of agents; a state by any of its names is its code, which stands for all who act for it."""
    return _unique(value if "/" in value else _find_state(value) or value for value in _list(name, values))


def _find_state(value: str) -> str | None:
    """The code of a state, by code, name or IRI."""
    last = value.rpartition("/state/")[2] if "/" in value else value
    return _states().get(last.casefold())


@functools.cache
def _states() -> dict[str, str]:
    """Codes by each code and name of a state, in lower case; a name that two states have is neither's."""
    names: dict[str, set[str]] = {}
    for code, state in load_states().items():
        for name in (state.name, state.official_name, *state.alt_names):
            names.setdefault(name.casefold(), set()).add(code)
    found = {name: codes.pop() for name, codes in names.items() if len(codes) == 1}
    return found | {code.casefold(): code for code in load_states()}


def _local(value: str) -> str:
    """The name of a concept that is given as a name, a prefixed name or an IRI."""
    return value.rpartition("#")[2].rpartition(":")[2]


def _hyphened(value: str) -> str:
    """A quad class as tables, the ontology or Python write it."""
    return _local(value).lower().replace(" ", "-").replace("_", "-")


def _read_day(name: str, value: Day, *, last: bool) -> dt.date | None:
    """The day; of a month or year, the `last` or the first."""
    if value is None:
        return None
    if isinstance(value, dt.date) and value == value:  # what pandas has for a missing time is a date, equal to nothing
        return value.date() if isinstance(value, dt.datetime) else value
    period = Period.parse(value.strip()) if isinstance(value, str) else None
    if period is None:
        raise SettingError(f"{name}={value!r} is no date: give a date, or text as 2024-01-31, 2024-01 or 2024")
    return period.last if last else period.first
