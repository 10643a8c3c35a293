"""Stance: what an utterance does, from its cue and, for a neutral cue, from the words of what is said."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

from kg.extract.lexicon import read_lexicon


@functools.cache
def _content_patterns() -> Mapping[str, re.Pattern[str]]:
    words: Mapping[str, list[str]] = read_lexicon("attribution")["content"]
    return {
        stance: re.compile(
            r"\b(?:" + "|".join(map(re.escape, sorted(phrases, key=len, reverse=True))) + r")\b", re.IGNORECASE
        )
        for stance, phrases in words.items()
    }


def warns(content: str) -> bool:
    """True where the words tell of a retaliation to come."""
    return _content_patterns()["warns"].search(content) is not None


def content_stance(content: str, *, blames: bool) -> str:
    """The stance of a neutral cue with this content.

    Args:
        blames: the content reports a hostile act of somebody else.
    """
    patterns = _content_patterns()
    counts = {stance: len(pattern.findall(content)) for stance, pattern in patterns.items()}
    if counts["requests"]:
        return "requests"
    if counts["pledges"]:
        return "pledges"
    if counts["warns"]:
        return "warns"
    if counts["condemns"] > counts["supports"]:
        return "accuses" if blames else "condemns"
    if blames:
        return "accuses"
    for stance in ("denies", "announces", "supports", "expects"):
        if counts[stance]:
            return stance
    return "states"
