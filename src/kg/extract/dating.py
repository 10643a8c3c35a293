"""When an act took place, or something was said, by the words: the time expression that dates it."""

from __future__ import annotations

from spacy.tokens import Span as Sent

from kg.extract.frames import Trigger
from kg.extract.scene import Scene
from kg.extract.time_chains import site_of
from kg.extract.time_sites import Site, find_sites
from kg.extract.time_story import occasion_of
from kg.types import Span


def date_of(scene: Scene, sent: Sent, trigger: Trigger) -> Span | None:
    """The time expression that dates the act of `trigger` in `sent`.

    It stands in the sentence, or in an earlier one that tells of the same occasion. None where the text shows none.
    """
    token = scene.doc[trigger.head]
    site = site_of(find_sites(scene, sent), token) or occasion_of(scene, token)
    return _dated(site)


def said_at(scene: Scene, sent: Sent, cue: int, content: tuple[int, int]) -> Span | None:
    """The time expression that dates an utterance in `sent`, there or in an earlier sentence of the same occasion.

    Args:
        cue: token of the verb or noun that reports it.
        content: tokens of what is said, end exclusive; a time in there does not date the saying.
    """
    token = scene.doc[cue]
    sites = [s for s in find_sites(scene, sent) if s.governor == token or not content[0] <= s.start < content[1]]
    return _dated(site_of(sites, token) or occasion_of(scene, token))


def _dated(site: Site | None) -> Span | None:
    return site.mention.span if site is not None and not site.is_bound else None
