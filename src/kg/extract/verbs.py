"""The words that belong to a verb: a prefix cut off by a hyphen, the auxiliaries that lead up to it."""

from __future__ import annotations

from kg.extract.grammar import ADVERBS, BE, DO, HAVE, MODALS, NEGATORS
from kg.extract.scene import Scene


def prefix_start(scene: Scene, i: int) -> int:
    """First token of the word that token `i` ends: of "re" in "re-establish"."""
    return i - 2 if i >= 2 and scene.is_joined(i - 1) else i


def auxiliaries(scene: Scene, i: int) -> frozenset[str]:
    """The auxiliary words, negators and "to" that lead up to the verb at `i`."""
    found: set[str] = set()
    i = prefix_start(scene, i)
    j = i - 1
    while j >= 0 and not scene.doc[j + 1].is_sent_start and i - j < 8:
        text = scene.lower(j)
        if j in scene.time_at:
            pass  # "on 4 May condemned": no modal
        elif text in BE | HAVE | MODALS | DO | NEGATORS or text == "to":
            found.add(text)
        elif not (text.endswith("ly") or text in ADVERBS):
            break
        j -= 1
    return frozenset(found)
