"""The home state of an article: the one whose offices it names without saying whose ("the foreign minister")."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlsplit

from kg.reference import load_states
from kg.types import Article, Findings

_SHARE = 0.5


def home_state(article: Article, findings: Findings) -> str | None:
    """ISO code of the home state, or None where the article shows none.

    It is the state of the address's country domain, if the text names that state, else the one state that half of all
    mentions of states are of.
    """
    counts = Counter(m.iso3 for m in findings.states)
    domain = _domain_state(article.url)
    if domain is not None and counts[domain]:
        return domain
    if not counts:
        return None
    (first, most), *rest = counts.most_common(2)
    return first if most >= _SHARE * counts.total() and (not rest or most > rest[0][1]) else None


def _domain_state(url: str | None) -> str | None:
    """The state whose country-code domain an address lies in."""
    ending = (urlsplit(url).hostname or "").rpartition(".")[2].upper() if url else ""
    by_domain = {"UK": "GBR", **{state.iso2: state.iso3 for state in load_states().values()}}
    return by_domain.get(ending) if len(ending) == 2 else None
