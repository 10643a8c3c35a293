"""The home state of an article: the one whose offices it names without saying whose ("the foreign minister")."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import urlsplit

from kg.reference import load_states
from kg.types import Article, Findings, StateForm

_TOWN = re.compile(r"[A-Z][\w.'’ -]{1,30}, ")
_DATELINE = re.compile(r"[^\n]{0,40}?\s?(?:[—–-]|/|\([A-Z])")


def home_state(article: Article, findings: Findings) -> str | None:
    """ISO code of the home state, or None where the article shows none or contradicts itself.

    Shown by the place in a dateline and by the country domain of the address, if the text names that state; where
    there is neither, by no other state being named twice.
    """
    shown = {
        code for code in (_dateline_state(article, findings), _domain_state(article, findings)) if code is not None
    }
    if shown:
        return shown.pop() if len(shown) == 1 else None
    counts = Counter(m.iso3 for m in findings.states)
    often = [code for code, count in counts.items() if count > 1 or len(counts) == 1]
    return often[0] if len(often) == 1 else None


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


def _domain_state(article: Article, findings: Findings) -> str | None:
    """The state whose country-code domain the address lies in, if the text names it."""
    ending = (urlsplit(article.url).hostname or "").rpartition(".")[2].upper() if article.url else ""
    by_domain = {"UK": "GBR", **{state.iso2: state.iso3 for state in load_states().values()}}
    code = by_domain.get(ending) if len(ending) == 2 else None
    return code if any(m.iso3 == code for m in findings.states) else None
