"""One extractor for all tests of this room, and what it finds in a text, each finding as one short line."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from kg.extract.extractor import Extractor
from kg.types import Anaphor, Article, EventMention, Findings, GroupMention, PersonMention, Span, TitleMention

Extract = Callable[[str], Findings]
Find = Callable[[str], list[str]]


@pytest.fixture(scope="session")
def extract() -> Extract:
    extractor = Extractor()
    return lambda text: extractor.extract(Article(id="a", text=text, language="en"))


def _words(text: str, spans: Iterable[Span]) -> str:
    return "+".join(text[span.start : span.end] for span in spans)


def _title(title: TitleMention) -> str:
    """ "foreign minister/NOR", "~analyst" for what is no public office, "counterpart/KOR*"."""
    state = f"/{title.iso3}" if title.iso3 else ""
    return f"{'' if title.official else '~'}{title.role}{state}{'*' if title.counterpart else ''}"


def _person(person: PersonMention) -> str:
    titles = ", ".join(map(_title, person.titles))
    return f"{person.name} = {titles}" if titles else person.name


def _group(text: str, group: GroupMention) -> str:
    count = f" {group.count}x" if group.count is not None else ""
    state = f"/{group.iso3}" if group.iso3 else ""
    return f"{_words(text, [group.span])} ={count} {'' if group.official else '~'}{group.role}{state}"


def _anaphor(text: str, anaphor: Anaphor) -> str:
    marks = [
        "plural" if anaphor.plural else "",
        f"{anaphor.count}x" if anaphor.count is not None else "",
        anaphor.role or "",
        anaphor.iso3 or "",
    ]
    return " ".join([_words(text, [anaphor.span]), *(mark for mark in marks if mark)])


def _act(text: str, event: EventMention, recipients: Iterable[Span]) -> str:
    actors, others = _words(text, event.actors) or "-", _words(text, recipients) or "-"
    return f"{event.category} {_words(text, [event.trigger])}: {actors} > {others}"


@pytest.fixture(scope="session")
def people(extract: Extract) -> Find:
    """Every person mention with its titles: "Ada Berg = foreign minister/NOR"."""
    return lambda text: [_person(person) for person in extract(text).people]


@pytest.fixture(scope="session")
def titled(extract: Extract) -> Find:
    """Only the person mentions that have a title."""
    return lambda text: [_person(person) for person in extract(text).people if person.titles]


@pytest.fixture(scope="session")
def groups(extract: Extract) -> Find:
    """ "47 foreign ministers = 47x foreign minister", "rebels = ~rebel"."""
    return lambda text: [_group(text, group) for group in extract(text).groups]


@pytest.fixture(scope="session")
def anaphors(extract: Extract) -> Find:
    """ "they plural", "both officials plural 2x official", "the Egyptian president president EGY"."""
    return lambda text: [_anaphor(text, anaphor) for anaphor in extract(text).anaphors]


@pytest.fixture(scope="session")
def statements(extract: Extract) -> Find:
    """ "Berg+Lind|condemns|condemned"; the cue is empty in a later sentence of a running quotation."""

    def find(text: str) -> list[str]:
        return [
            f"{_words(text, a.speakers)}|{a.stance}|{_words(text, [a.cue]) if a.cue else ''}"
            for a in extract(text).attributions
        ]

    return find


@pytest.fixture(scope="session")
def cues(extract: Extract) -> Find:
    """The cues of attributions."""
    return lambda text: [_words(text, [a.cue]) for a in extract(text).attributions if a.cue is not None]


@pytest.fixture(scope="session")
def stances(extract: Extract) -> Find:
    """The stances of attributions."""
    return lambda text: [a.stance for a in extract(text).attributions]


@pytest.fixture(scope="session")
def events(extract: Extract) -> Find:
    """ "ASSAULT shelled: Chad > Niger", what attributions enact left out."""

    def find(text: str) -> list[str]:
        return [_act(text, e, e.recipients) for e in extract(text).events if e.cue is None]

    return find


@pytest.fixture(scope="session")
def enacted(extract: Extract) -> Find:
    """ "ACCUSE condemned: Chad > Niger", of what attributions enact; of candidates the first."""

    def find(text: str) -> list[str]:
        found = [e for e in extract(text).events if e.cue is not None]
        return [_act(text, e, e.recipients[:1] if e.candidates else e.recipients) for e in found]

    return find


@pytest.fixture(scope="session")
def acts(extract: Extract) -> Find:
    """ "ASSAULT.drone drone strike": category, mode and trigger."""

    def find(text: str) -> list[str]:
        return [
            f"{e.category}{'.' + e.mode if e.mode else ''} {_words(text, [e.trigger])}" for e in extract(text).events
        ]

    return find


@pytest.fixture(scope="session")
def certainty(extract: Extract) -> Find:
    """ "AGREE visit future"."""

    def find(text: str) -> list[str]:
        return [f"{e.category} {_words(text, [e.trigger])} {e.factuality}" for e in extract(text).events]

    return find


@pytest.fixture(scope="session")
def settings(extract: Extract) -> Find:
    """When and where: "attacked @Monday in Mali"."""

    def find(text: str) -> list[str]:
        return [
            _words(text, [e.trigger])
            + (f" @{_words(text, [e.time])}" if e.time else "")
            + (f" in {_words(text, [e.location])}" if e.location else "")
            for e in extract(text).events
            if e.cue is None
        ]

    return find
