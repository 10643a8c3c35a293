"""The home state of an article: the one whose offices and people it names without saying whose ("police said")."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from kg.reference import load_states, read_table
from kg.resolve.names import parts
from kg.resolve.offices import known_state
from kg.resources import resource
from kg.types import Article, Findings, Span, StateForm
from kg.vocab import NATIONAL_KINDS

# How often a state must be named, and how many times as often as the next, to prevail.
_OFTEN = 4
_FAR_MORE = 2
# In an article that need not name its own state, sentences for each that names the state named most.
_SELDOM = 4
# How many sentences lead an article.
_LEAD = 3
_LONG_NAME = 5
_SHORT_NAME = 3
_TOWN = re.compile(r"[A-Z][\w.'’ -]{1,30}, ")
_DATELINE = re.compile(r"[^\n]{0,40}?\s?(?:[—–-]|/|\([A-Z])")


@dataclass(frozen=True, slots=True)
class Home:
    """The home state of an article, by ISO code, and where the article names which states.

    `prevails` is true where it is named far more often than any other, or as often in an article that comes from
    there: then whoever belongs to no state belongs there.
    """

    iso3: str | None
    prevails: bool
    sentences: tuple[Span, ...]
    named: tuple[tuple[Span, str], ...]

    def near(self, span: Span) -> str | None:
        """The home state, for somebody named at `span` in a sentence that names it or no other state."""
        sentence = next((s for s in self.sentences if s.covers(span)), span)
        beside = {iso3 for place, iso3 in self.named if sentence.covers(place)}
        return self.iso3 if not beside or self.iso3 in beside else None

    def of_office(self, span: Span) -> str | None:
        """The home state, for an office or public body: states that its sentence names after it are not its own."""
        sentence = next((s for s in self.sentences if s.covers(span)), span)
        before = {iso3 for place, iso3 in self.named if sentence.covers(place) and place.start < span.start}
        return self.iso3 if not before or self.iso3 in before else self.near(span)

    def of_people(self, span: Span, role: str) -> str | None:
        """The home state, for unnamed people or bodies of a `role` that is of no other place."""
        words = parts(role)
        foreign = _foreign("any").intersection(words) or _foreign("noun").intersection(words[-1:])
        return None if foreign else self.of_office(span)


def find_home(article: Article, findings: Findings) -> Home:
    """The home of `article`, with no state where it shows none or contradicts itself."""
    iso3 = home_state(article, findings)
    counts = Counter(m.iso3 for m in findings.states)
    others = max((count for code, count in counts.items() if code != iso3), default=0)
    comes_from = iso3 in {_address_state(article), _dateline_state(article, findings)}
    return Home(
        iso3=iso3,
        prevails=iso3 is not None and (counts[iso3] >= others if comes_from else counts[iso3] >= _FAR_MORE * others),
        sentences=findings.sentences,
        named=tuple((m.span, m.iso3) for m in findings.states),
    )


@functools.cache
def _foreign(place: str) -> frozenset[str]:
    """Words that show people to be from elsewhere in any place of their role, or as its noun."""
    rows = read_table(resource("data", "foreign_words.csv"))
    return frozenset(row["word"] for row in rows if row["place"] == place)


def home_state(article: Article, findings: Findings) -> str | None:
    """ISO code of the home state, or None where the article shows none or contradicts itself.

    Shown by the place in a dateline and by the address (its country domain, the state in a newspaper's name or of a
    known newspaper), if the text names that state, or any state seldom, or opens with an office or body without a
    state; where there is neither, by being named far more often than any other.
    """
    counts = Counter(m.iso3 for m in findings.states)
    dateline = _dateline_state(article, findings)
    address = _address_state(article)
    seldom = _SELDOM * max(counts.values(), default=0) < len(findings.sentences)
    if address not in counts and (dateline is not None or not (seldom or _is_led_by_own(findings, address))):
        address = None
    shown = {code for code in (dateline, address) if code is not None}
    if shown:
        return shown.pop() if len(shown) == 1 else None
    ranked = counts.most_common(2)
    often = [code for code, count in counts.items() if count > 1 or len(counts) == 1]
    if len(often) == 1:
        return often[0]
    prevails = len(ranked) > 1 and ranked[0][1] >= max(_OFTEN, _FAR_MORE * ranked[1][1])
    return ranked[0][0] if prevails else None


def _dateline_state(article: Article, findings: Findings) -> str | None:
    """The state of the place that starts a paragraph near the top, before a dash: "CAIRO - ", "TYRE, Lebanon — "."""
    start = len(article.title or "")
    for mention in findings.states:
        line = article.text.rfind("\n", 0, mention.span.start) + 1
        before = article.text[line : mention.span.start]
        opens = line <= start + 2 and (not before or _TOWN.fullmatch(before))
        if opens and (before or mention.form is StateForm.CAPITAL) and _DATELINE.match(article.text, mention.span.end):
            return mention.iso3
    return None


def _is_led_by_own(findings: Findings, iso3: str | None) -> bool:
    """True where the first sentences name an office or public body, of `iso3` or none, before they name any state."""
    if not findings.sentences:
        return False
    lead = Span(findings.sentences[0].start, findings.sentences[:_LEAD][-1].end)
    owned = [m.span.start for m in findings.states if lead.covers(m.span)]
    own = [m for m in findings.people if known_state(m.name) in {None, iso3}]
    titles = [t.span for m in own for t in m.titles if t.official and t.iso3 is None and t.organization is None]
    bodies = [o.span for o in findings.organizations if o.kind in NATIONAL_KINDS and o.iso3 is None]
    return any(lead.covers(s) and s.start < min(owned, default=lead.end) for s in (*titles, *bodies))


def _address_state(article: Article) -> str | None:
    """The state that the address shows."""
    host = (urlsplit(article.url).hostname or "") if article.url else ""
    *labels, ending = host.split(".")
    paper = next((c for i in range(len(labels)) if (c := _papers().get(".".join([*labels, ending][i:])))), None)
    code = paper or _domains().get(ending)
    if code is None:
        words = [word for label in labels for word in label.removeprefix("the").split("-")]
        found = {c for name, c in _paper_words().items() for word in words if _is_edge(name, word)}
        code = next(iter(found)) if len(found) == 1 else None
    return code


def _is_edge(name: str, word: str) -> bool:
    """True where a word of an address is a state's name or begins or ends with a longer one: "todaynicaragua"."""
    return word == name or (len(name) >= _LONG_NAME and (word.startswith(name) or word.endswith(name)))


@functools.cache
def _papers() -> Mapping[str, str]:
    return {row["host"]: row["iso3"] for row in read_table(resource("data", "newspapers.csv"))}


@functools.cache
def _domains() -> Mapping[str, str]:
    return {"uk": "GBR", **{state.iso2.lower(): state.iso3 for state in load_states().values()}}


@functools.cache
def _paper_words() -> Mapping[str, str]:
    """States by their names, demonyms and capitals as a newspaper's address would spell them."""
    return {
        "".join(name.lower().split()): state.iso3
        for state in load_states().values()
        for name in (*state.demonyms, *state.capitals, *state.alt_names, state.name)
        if len(name) > _SHORT_NAME
    }
