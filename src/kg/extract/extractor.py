"""Article -> Findings: the order in which things are found, each by the file of its name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.agents import Agents
from kg.extract.anaphors import find_anaphors
from kg.extract.attributions import AttributionFinder
from kg.extract.cues import speech_tokens
from kg.extract.embedding import embed
from kg.extract.enacted import find_enacted
from kg.extract.events import find_events
from kg.extract.groups import find_groups
from kg.extract.judge import Judge
from kg.extract.language import load_language
from kg.extract.organizations import OrganizationFinder
from kg.extract.people import extent, find_people
from kg.extract.phrases import widen
from kg.extract.quotes import find_quotes
from kg.extract.scene import Scene
from kg.extract.states import StateFinder
from kg.extract.subjects import find_subjects
from kg.extract.times import TimeFinder
from kg.extract.titles import find_titles
from kg.types import Article, Findings, OrganizationMention, StateMention


class Extractor:
    """Finds what the words of an article say. Costly to make, cheap to use; holds no state between articles."""

    def __init__(self) -> None:
        """An extractor with its word lists loaded."""
        self._nlp = load_language()
        self._states = StateFinder()
        self._organizations = OrganizationFinder()
        self._times = TimeFinder()
        self._attributions = AttributionFinder()
        self._judge = Judge(self._nlp)

    @property
    def model(self) -> str:
        """The language engine with its version: "en_kg 1.0.0"."""
        return "{lang}_{name} {version}".format(**self._nlp.meta)

    def extract(self, article: Article) -> Findings:
        """The findings of `article`; spans count code points of `article.text`."""
        doc = self._nlp(article.text)
        found = tuple(self._states.find(doc))
        organizations = tuple(self._organizations.find(doc, found))
        states = tuple(_outside(found, organizations))
        times = tuple(self._times.find(doc))
        scene = Scene(doc, states, organizations, times)

        titles = tuple(find_titles(scene))
        people = tuple(find_people(scene, titles, speech_tokens(scene)))
        claimed = frozenset(i for person in people for i in range(*scene.tokens(extent(person))))
        groups = tuple(find_groups(scene, titles, claimed))
        grouped = claimed | {i for group in groups for i in range(*scene.tokens(group.span))}
        anaphors = tuple(find_anaphors(scene, titles, frozenset(grouped)))
        agents = Agents(scene, (*states, *organizations, *people, *groups, *anaphors))

        events = tuple(find_events(scene, agents))
        quotes = tuple(find_quotes(article.text))
        attributions = tuple(self._attributions.find(scene, agents, quotes, events))
        asserted = tuple(embed(events, attributions))
        enacted = tuple(find_enacted(scene, agents, attributions, asserted))
        told = [widen(agents, event) for event in (*asserted, *enacted)]
        return Findings(
            sentences=tuple(scene.span(s.start, s.end) for s in scene.sentences),
            states=states,
            organizations=organizations,
            people=people,
            groups=groups,
            anaphors=anaphors,
            subjects=tuple(find_subjects(agents)),
            times=times,
            attributions=attributions,
            events=tuple(sorted(self._judge.judge(scene, told), key=lambda e: (e.sentence, e.trigger, e.category))),
        )


def _outside(states: Sequence[StateMention], organizations: Sequence[OrganizationMention]) -> Iterator[StateMention]:
    """`states` without those in the name of a body that is not theirs: "Organization of American States"."""
    for state in states:
        around = next((o for o in organizations if o.span.covers(state.span)), None)
        if around is None or around.iso3 == state.iso3:
            yield state
