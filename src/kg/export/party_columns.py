"""Columns that say who somebody is, the same for every side of every table."""

from __future__ import annotations

from collections.abc import Iterable

from kg.export.records import Party
from kg.reference import load_states


def list_names(parties: Iterable[Party]) -> list[str]:
    """Their names."""
    return [party.name for party in parties]


def list_states(parties: Iterable[Party]) -> list[str]:
    """The codes of the states behind them, each once."""
    return list(dict.fromkeys(code for party in parties for code in party.states))


def list_cow(codes: Iterable[str]) -> list[str]:
    """The numbers that the Correlates of War project has for states; a territory has none."""
    states = load_states()
    found = (states[code].cow for code in codes if code in states)
    return [str(number) for number in found if number is not None]


def list_sectors(parties: Iterable[Party]) -> list[str]:
    """Their sectors, each once."""
    return list(dict.fromkeys(party.sector for party in parties if party.sector))


def first_sector(parties: Iterable[Party]) -> str | None:
    """The sector of the first who has one."""
    return next(iter(list_sectors(parties)), None)


def list_titles(parties: Iterable[Party]) -> list[str]:
    """The titles of all of them, each once."""
    return list(dict.fromkeys(title for party in parties for title in party.titles))


def list_ids(parties: Iterable[Party]) -> list[str]:
    """Their IRIs."""
    return [party.iri for party in parties]
