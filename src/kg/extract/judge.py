"""Which category an act has where words and the trained reader both speak: the words, save where it is sure of another.

The reader sees the sentence and who does something to whom; the words are those of `frames.toml`. How far each is
trusted is in `acts.toml`.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.language import Language

from kg.extract.acts import Frame, Roles
from kg.extract.lexicon import read_lexicon
from kg.extract.scene import Scene
from kg.language.reader import Reader
from kg.types import EventMention, Span

# The reader tells concessions in words and in deeds not apart.
_FOLDED = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
# PLOVER manual 0.8: the categories of deeds; who takes one of them back retreats, who takes back words concedes.
_MATERIAL = frozenset({"COOPERATE", "AID", "RETREAT", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})


@dataclass(frozen=True, slots=True)
class _Trust:
    """Probabilities; see `acts.toml`."""

    sure: float
    ruled_out: float
    unnamed: float


@functools.cache
def _trust() -> _Trust:
    return _Trust(**read_lexicon("acts"))


def choose_category(frames: Sequence[Frame], probabilities: Mapping[str, float]) -> Frame | None:
    """The act that words and reader together name.

    Args:
        frames: what the words may name, the likeliest first; empty where they name nothing.
        probabilities: how likely each category is by the reader, with YIELD for CONCEDE and RETREAT; may be empty.

    Returns:
        One of `frames`, or a frame of another category, without a mode, where the reader is sure of that; None where
        neither names an act.
    """
    if not probabilities:
        return frames[0] if frames else None
    best = max(probabilities, key=lambda category: probabilities[category])
    if not frames:
        return _frame(best, None) if probabilities[best] >= _trust().unnamed else None
    agreeing = next((frame for frame in frames if _fold(frame.category) == best), None)
    if agreeing is not None:
        return agreeing
    theirs = max(probabilities.get(_fold(frame.category), 0.0) for frame in frames)
    overruled = probabilities[best] >= _trust().sure and theirs <= _trust().ruled_out
    return _frame(best, frames[0]) if overruled else frames[0]


def _fold(category: str) -> str:
    return _FOLDED.get(category, category)


def _frame(category: str, instead: Frame | None) -> Frame:
    """A frame of what the reader names, `instead` of what the words do."""
    if category == "YIELD":
        category = "RETREAT" if instead is not None and instead.category in _MATERIAL else "CONCEDE"
    return Frame(category, instead.roles if instead is not None else Roles.DIRECTED, None)


class Judge:
    """Weighs the events of a scene against what the reader of a language engine sees in it."""

    def __init__(self, nlp: Language) -> None:
        """The judge of what `nlp` has read; one without our reader leaves every event as it is."""
        self._reader = nlp.get_pipe("kg_reader") if "kg_reader" in nlp.pipe_names else None

    def judge(self, scene: Scene, events: Iterable[EventMention]) -> Iterator[EventMention]:
        """`events`, each with the category that words and reader together give it.

        The reader speaks of two parties in a sentence, not of one word: where another act of the sentence is what it
        sees, it may well mean that one, and none is changed.
        """
        told = tuple(events)
        named: dict[Span, list[Frame]] = {}
        for event in told:
            named.setdefault(event.sentence, []).append(Frame(event.category, Roles.DIRECTED, event.mode))
        return (self._weigh(scene, event, named[event.sentence]) for event in told)

    def _weigh(self, scene: Scene, event: EventMention, named: Sequence[Frame]) -> EventMention:
        """`event` as it should be; `named` are all acts of its sentence."""
        if event.nominal or event.factuality != "actual":
            return event  # of what is not done the reader says what not doing it is: a refusal, a threat
        own = Frame(event.category, Roles.DIRECTED, event.mode)
        chosen = choose_category((own,), self._probabilities(scene, event))
        if chosen is None or _fold(chosen.category) in {_fold(frame.category) for frame in named}:
            return event
        return dataclasses.replace(event, category=chosen.category, mode=chosen.mode)

    def _probabilities(self, scene: Scene, event: EventMention) -> Mapping[str, float]:
        actors, recipients = _tokens(scene, event.actor_phrases), _tokens(scene, _recipients(event))
        sents = {scene.doc[i].sent.start for i in (*actors, *recipients)}
        if not isinstance(self._reader, Reader) or len(sents) != 1 or not (actors and recipients):
            return {}
        return self._reader.acts(scene.doc, [(actors, recipients)])[0]


def _recipients(event: EventMention) -> tuple[Span, ...]:
    named = event.recipient_phrases[:1] if event.candidates else event.recipient_phrases
    return named or event.undergone


def _tokens(scene: Scene, spans: Iterable[Span]) -> tuple[int, ...]:
    return tuple(i for span in spans for i in range(*scene.tokens(span)))
