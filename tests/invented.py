"""Articles and facts that nobody reported, made from a seed, for tests and benchmarks."""

from __future__ import annotations

import datetime as dt
import random

from kg import iris
from kg.types import (
    Activity,
    Article,
    EventFact,
    Facts,
    GroupFact,
    OrganizationFact,
    PersonFact,
    Post,
    Span,
    StateFact,
    StatementFact,
)

BASE = "http://localhost:8000/"
ACTIVITY = Activity(software="geokg 0.0.0", model="rules 0", ended=dt.datetime(2024, 1, 10, 12, 30, tzinfo=dt.UTC))
STATES = {"ALB": "Albania", "BWA": "Botswana", "CHL": "Chile", "DNK": "Denmark", "EST": "Estonia", "FJI": "Fiji"}
SPEECH = (("condemned", "condemns", "ACCUSE", "disapprove"), ("praised", "supports", "SUPPORT", None))
DEEDS = (("met", "CONSULT", "visit"), ("aided", "AID", None), ("shelled", "ASSAULT", "heavy-weapons"))


class Story:
    """An article that grows sentence by sentence."""

    def __init__(self, number: int) -> None:
        self.id = iris.article_id(f"https://example.org/{number}", "")
        self.text = f"Story {number} — naïve 🙂 headline"
        self.title = self.text

    def add(self, *words: str) -> tuple[Span, list[Span]]:
        """Append a sentence of `words`; where it stands, and where each of its words does."""
        self.text += "\n"
        start, spans = len(self.text), []
        for word in words:
            spans.append(Span(len(self.text), len(self.text) + len(word)))
            self.text += word + " "
        self.text = self.text[:-1] + "."
        return Span(start, len(self.text)), spans


def invent(number: int, sentences: int = 5) -> tuple[Article, Facts]:
    """Article `number` and what it means: about 300 triples with five sentences."""
    rng = random.Random(number)
    story = Story(number)
    isos = rng.sample(sorted(STATES), 4)
    states = tuple(StateFact(iris.state(iso3), iso3, STATES[iso3]) for iso3 in isos)
    people = tuple(_person(story.id, iso3) for iso3 in isos[:3])
    body = OrganizationFact(iris.organization("Albanian Navy"), "Albanian Navy", "military", iris.state(isos[0]))
    group = GroupFact(iris.group(story.id, Span(0, 5)), "47 ministers", True, "minister", 47)
    events, statements = [], []
    for index in range(sentences):
        speaker, (one, two) = rng.choice(people), rng.sample(isos, 2)
        make = _speech if index % 3 == 0 else _deed
        event, statement = make(story, rng, speaker, one, two)
        events.append(event)
        statements.append(statement)
    article = Article(story.id, story.text, "en", story.title, f"https://example.org/{number}", dt.date(2024, 1, 9))
    facts = Facts(states, (body,), people, (group,), tuple(events), tuple(statements))
    return article, facts


def _person(id: str, iso3: str) -> PersonFact:
    state = iris.state(iso3)
    post = Post(iris.post("Foreign Minister", state, None), "Foreign Minister", state)
    name = f"Ada {STATES[iso3]}son"
    return PersonFact(iris.person(name, id), name, True, (name.split()[1],), (post,), (state,), 0.9)


def _speech(
    story: Story, rng: random.Random, speaker: PersonFact, one: str, two: str
) -> tuple[EventFact, StatementFact]:
    verb, stance, category, mode = rng.choice(SPEECH)
    sentence, (actor, trigger, recipient) = story.add(speaker.label, verb, STATES[two])
    event = EventFact(
        iris.event(story.id, trigger, category, 0), category, "actual", sentence, trigger,
        (speaker.key,), (iris.state(two),), speaker.represents, (iris.state(two),), (actor,), (recipient,), mode,
        ("diplomatic",), "2024-01-08",
    )  # fmt: skip
    key = iris.statement(story.id, trigger.start, 0)
    return event, StatementFact(key, (speaker.key,), stance, sentence, about=(iris.state(two),), enacts=(event.key,))


def _deed(story: Story, rng: random.Random, speaker: PersonFact, one: str, two: str) -> tuple[EventFact, StatementFact]:
    verb, category, mode = rng.choice(DEEDS)
    sentence, (actor, trigger, recipient, *_) = story.add(STATES[one], verb, STATES[two], "said", speaker.label)
    states = (iris.state(one),), (iris.state(two),)
    event = EventFact(
        iris.event(story.id, trigger, category, 0), category, rng.choice(("actual", "negated")), sentence, trigger,
        *states, *states, (actor,), (recipient,), mode, (), rng.choice(("2023-11", "2018", None)), None, 0.75,
    )  # fmt: skip
    key = iris.statement(story.id, trigger.end, 0)
    said = StatementFact(key, (speaker.key,), "states", sentence, "words", said_on="2024", reports=(event.key,))
    return event, said
