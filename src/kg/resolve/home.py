"""The home state of an article: the one whose offices it names without saying whose ("the foreign minister")."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

from kg.reference import load_states
from kg.types import Article, Findings, StateForm

# How often a state must be named, and how many times as often as the next, to prevail.
_OFTEN = 4
_FAR_MORE = 2
_LONG_NAME = 5
_SHORT_NAME = 3
_TOWN = re.compile(r"[A-Z][\w.'’ -]{1,30}, ")
_DATELINE = re.compile(r"[^\n]{0,40}?\s?(?:[—–-]|/|\([A-Z])")


def home_state(article: Article, findings: Findings) -> str | None:
    """ISO code of the home state, or None where the article shows none or contradicts itself.

    Shown by the place in a dateline and by the address (its country domain, the state in a newspaper's name), if the
    text names that state; where there is neither, by being named far more often than any other.
    """
    counts = Counter(m.iso3 for m in findings.states)
    dateline = _dateline_state(article, findings)
    shown = {code for code in (dateline, _address_state(article, counts)) if code is not None}
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


def _address_state(article: Article, named: Collection[str]) -> str | None:
    """The state that the address shows, if it is one of those `named` in the text."""
    host = (urlsplit(article.url).hostname or "") if article.url else ""
    *labels, ending = host.split(".")
    code = _domains().get(ending)
    if code is None:
        words = [word for label in labels for word in label.removeprefix("the").split("-")]
        found = {c for name, c in _paper_words().items() for word in words if _is_edge(name, word)}
        code = next(iter(found)) if len(found) == 1 else None
    return code if code in named else None


def _is_edge(name: str, word: str) -> bool:
    """True where a word of an address is a state's name or begins or ends with a longer one: "todaynicaragua"."""
    return word == name or (len(name) >= _LONG_NAME and (word.startswith(name) or word.endswith(name)))


@functools.cache
def _domains() -> Mapping[str, str]:
    return {"uk": "GBR", **{state.iso2.lower(): state.iso3 for state in load_states().values()}}


@functools.cache
def _paper_words() -> Mapping[str, str]:
    """States by their names, demonyms and capitals as a newspaper's address would spell them."""
    return {
        "".join(name.lower().split()): state.iso3
        for state in load_states().values()
        for name in (*state.demonyms, *(state.capital or "").split("|"), *state.alt_names, state.name)
        if len(name) > _SHORT_NAME
    }
