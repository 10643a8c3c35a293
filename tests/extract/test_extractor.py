"""The findings of whole articles: in order, inside the text, and the same each time."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.types import Findings, Span
from kg.vocab import CATEGORIES, FACTUALITIES, STANCES

Extract = Callable[[str], Findings]

STORY = """Norway Condemns Chad's Attack On Niger

OSLO, 4 March (NTB) – Norwegian Foreign Minister Ingrid Solheim on Monday condemned Chad's shelling of Niger, and her \
Danish counterpart, Lars Brandt, urged “all sides” to stop.

“Chad must withdraw its troops now,” Solheim told reporters in Oslo. “It has broken every rule.

“We will not look away.”

Chad's army did not confirm that it had shelled Niger on 2 March. It said 40 rebels were killed; 12 African leaders \
called for talks, according to the African Union’s statement.

Both ministers will visit N’Djamena next week."""


def _spans(value: object) -> Iterator[Span]:
    """Every span inside `value`."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _spans(part)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from _spans(getattr(value, field.name))


def _check(text: str, findings: Findings) -> None:
    """Hold `findings` to what `kg.types` promises of them."""
    assert all(0 <= span.start < span.end <= len(text) for span in _spans(findings))
    assert all(text[span.start : span.end].strip() for span in _spans(findings))
    for kind in dataclasses.fields(findings):
        found = getattr(findings, kind.name)
        starts = [(value if isinstance(value, Span) else next(_spans(value))).start for value in found]
        assert starts == sorted(starts), kind.name
    assert all(one.end <= two.start for one, two in itertools.pairwise(findings.sentences))
    known = {
        mention.span
        for kind in (findings.states, findings.organizations, findings.people, findings.groups, findings.anaphors)
        for mention in kind
    }
    for said in findings.attributions:
        assert said.stance in STANCES
        assert said.sentence in findings.sentences
        assert said.speakers and known.issuperset(said.speakers)
        assert said.cue is None or said.sentence.covers(said.cue)
    for event in findings.events:
        assert event.category in CATEGORIES
        assert event.factuality in FACTUALITIES
        assert event.sentence in findings.sentences
        assert event.sentence.covers(event.trigger)
        assert event.actors or event.recipients or event.nominal
        assert known.issuperset((*event.actors, *event.recipients))


def test_a_story_keeps_every_promise(extract: Extract) -> None:
    findings = extract(STORY)
    assert all(getattr(findings, field.name) for field in dataclasses.fields(findings))
    _check(STORY, findings)


def test_the_same_text_gives_the_same_findings(extract: Extract) -> None:
    assert extract(STORY) == extract(STORY)


def test_articles_do_not_leak_into_each_other(extract: Extract) -> None:
    before = extract("Solheim smiled. They left.")
    extract(STORY)
    assert extract("Solheim smiled. They left.") == before


def test_what_stands_before_only_moves_the_spans(extract: Extract) -> None:
    text = "Norway condemned Chad. Ingrid Solheim said no."
    moved = extract("Nothing here 🙂.\n\n" + text)
    by = len("Nothing here 🙂.\n\n")
    assert [Span(s.start + by, s.end + by) for s in _spans(extract(text).attributions)] == list(
        _spans(moved.attributions)
    )


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n\n", "...", "“", "The", "🙂", "a" * 5000, "Mr.", "President", ", , and ,"]
)
def test_scraps_are_no_trouble(extract: Extract, text: str) -> None:
    _check(text, extract(text))


_WORDS = [*STORY.split(), "\n\n", "“", "”", "'s", ",", ".", "and", "of", "(", ")", "-", "President", "may", "it"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.sampled_from(_WORDS), max_size=40))
def test_shuffled_words_keep_every_promise(extract: Extract, words: list[str]) -> None:
    text = " ".join(words)
    _check(text, extract(text))
