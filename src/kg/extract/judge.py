"""Which category an act has where words and the trained reader both speak: the words, save where it is sure of another.

The reader sees the sentence and who does something to whom; the words are those of `frames.toml`. How far each is
trusted is in `acts.toml`.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Collection, Iterable, Iterator, Mapping
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
class Trust:
    """Probabilities; see `acts.toml`."""

    sure: float
    ruled_out: float


@functools.cache
def _trust() -> Trust:
    return Trust(**read_lexicon("acts"))


def choose(frame: Frame, probabilities: Mapping[str, float], trust: Trust) -> Frame:
    """The act that words and reader together name: `frame`, or one of another category, which has no mode.

    Args:
        frame: what the words name.
        probabilities: how likely each category is by the reader, with YIELD for CONCEDE and RETREAT.
        trust: how sure the reader must be of its own, and how unlikely theirs.
    """
    best = max(probabilities, key=lambda category: probabilities[category])
    theirs = probabilities.get(_fold(frame.category), 0.0)
    overruled = probabilities[best] >= trust.sure and theirs <= trust.ruled_out
    return _frame(best, frame) if overruled else frame


def _fold(category: str) -> str:
    return _FOLDED.get(category, category)


def _frame(category: str, instead: Frame) -> Frame:
    """A frame of what the reader names, `instead` of what the words do."""
    if category == "YIELD":
        category = "RETREAT" if instead.category in _MATERIAL else "CONCEDE"
    return Frame(category, instead.roles, None)


class Judge:
    """Weighs the events of a scene against what the reader of a language engine sees in it."""

    def __init__(self, nlp: Language) -> None:
        """The judge of what `nlp` has read; one without our reader leaves every event as it is."""
        self._reader = nlp.get_pipe("kg_reader") if "kg_reader" in nlp.pipe_names else None

    def judge(self, scene: Scene, events: Iterable[EventMention]) -> Iterator[EventMention]:
        """`events`, each with the category that words and reader together give it and how likely the reader finds it.

        The reader speaks of two parties in a sentence, not of one word: where another act of the sentence is what it
        sees, it may well mean that one, and none is changed. Of what is not done it says what not doing it is, a
        refusal or a threat, so it is asked only about what is told as done, by a verb.
        """
        told = tuple(events)
        named: dict[Span, set[str]] = {}
        for event in told:
            named.setdefault(event.sentence, set()).add(_fold(event.category))
        for event in told:
            asked = event.factuality == "actual" and not event.nominal
            probabilities = self._probabilities(scene, event) if asked else {}
            yield _weigh(event, probabilities, named[event.sentence]) if probabilities else event

    def _probabilities(self, scene: Scene, event: EventMention) -> Mapping[str, float]:
        actors, recipients = _tokens(scene, event.actor_phrases), _tokens(scene, _recipients(event))
        sents = {scene.doc[i].sent.start for i in (*actors, *recipients)}
        if not isinstance(self._reader, Reader) or len(sents) != 1 or not (actors and recipients):
            return {}
        return self._reader.acts(scene.doc, [(actors, recipients)])[0]


def _weigh(event: EventMention, probabilities: Mapping[str, float], named: Collection[str]) -> EventMention:
    """`event` as it should be; `named` are the categories of all acts of its sentence."""
    chosen = choose(Frame(event.category, Roles.DIRECTED, event.mode), probabilities, _trust())
    if _fold(chosen.category) not in named:
        event = dataclasses.replace(event, category=chosen.category, mode=chosen.mode)
    return dataclasses.replace(event, support=probabilities.get(_fold(event.category), 0.0))


def _recipients(event: EventMention) -> tuple[Span, ...]:
    named = event.recipient_phrases[:1] if event.candidates else event.recipient_phrases
    return named or event.undergone


def _tokens(scene: Scene, spans: Iterable[Span]) -> tuple[int, ...]:
    return tuple(i for span in spans for i in range(*scene.tokens(span)))
