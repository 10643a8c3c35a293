"""When an act took place, by the words: the time expression that dates it."""

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


def _dated(site: Site | None) -> Span | None:
    return site.mention.span if site is not None and not site.is_bound else None
