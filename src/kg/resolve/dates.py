"""Times of one article -> ISO 8601 dates, as precise as the words: 2024-01-04, 2023-11 or 2018.

"Monday", "4 January", "last week" are told from the day of writing: the publication date, else a full date in a
dateline. Where neither is known, a month or day without a year continues the timeline of the dates that the text
gives in full, for these lie before the day of writing and what lacks a year lies near it. What that does not settle
is absent: on newswire a year taken from the nearest full date anywhere is wrong two times in three.

A week, and "last weekend", is given as the month that holds all of it. Nothing here reads a clock.
"""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Sequence

from kg.resolve.when import When, from_date, gap, months_between, move, to_when, weekday_in_week, weekday_near, yearly
from kg.types import Span, TimeMention, TimeUnit

# How far from the day of writing a month or day without year may seem to lie, behind it and ahead of it, by the
# direction of the mention: news tells of the past unless it says otherwise, and a far date rarely lacks its year.
_WEIGHTS = {-1: (1, 1000), 0: (1, 2), 1: (3, 1)}
_LONGEST_STEP = 3
_LEAST_ESTIMATE = 10


def resolve_dates(
    mentions: Sequence[TimeMention], published: dt.date | None = None, *, sentences: Sequence[Span] = ()
) -> dict[Span, str]:
    """The date that each time means.

    Args:
        mentions: the times of one article, in text order.
        published: its publication date, where known.
        sentences: those of the article, in text order; without them "the previous day" looks back at any distance.

    Returns:
        An ISO date by the span of its mention; what cannot be resolved is absent.
    """
    written = from_date(published) if published else _find_written(mentions)
    found = _resolve_from(mentions, written) if written else _resolve_timeline(mentions)
    found |= _resolve_anaphoric(mentions, found, sentences)
    return {mention.span: found[mention.span].iso() for mention in mentions if mention.span in found}


def _find_written(mentions: Sequence[TimeMention]) -> When | None:
    """The day or month of writing that the text itself gives, by a dateline or by words like "earlier in July"."""
    for mention in mentions:
        if mention.dateline and (stated := _stated(mention)) is not None:
            return stated
    past = _past_dates(mentions)
    for mention in mentions:
        if mention.year is None and (mention.dateline or _is_present_month(mention)) and past:
            return _continue(mention, max(past, key=When.first_day))
    return None


def _is_present_month(mention: TimeMention) -> bool:
    return mention.month is not None and mention.offset == 0 and mention.unit is None


def _stated(mention: TimeMention) -> When | None:
    """The date where the words give its year."""
    return to_when(mention.year, mention.month, mention.day) if mention.year is not None else None


def _past_dates(mentions: Sequence[TimeMention]) -> list[When]:
    """The dates known to the month that the text gives in full, of the latest year it names; future ones left out."""
    stated = [when for mention in mentions if mention.direction <= 0 and (when := _stated(mention)) is not None]
    latest = max((when.year for when in stated), default=0)
    return [when for when in stated if when.month is not None and when.year == latest]


def _resolve_from(mentions: Sequence[TimeMention], written: When) -> dict[Span, When]:
    """What each time means where the day, or the month, of writing is known."""
    resolved = {mention.span: _resolve(mention, written) for mention in mentions if not mention.anaphoric}
    return {span: when for span, when in resolved.items() if when is not None}


def _resolve(mention: TimeMention, written: When) -> When | None:
    if mention.year is not None:
        return _stated(mention)
    if mention.month is not None:
        return _resolve_month(mention, mention.month, written)
    if mention.weekday is not None:
        return _resolve_weekday(mention, mention.weekday, written.date())
    return _resolve_step(mention, written)


def _resolve_step(mention: TimeMention, start: When) -> When | None:
    """A number of units from `start`. Round numbers are estimates: "20 years ago"."""
    if mention.offset is None or mention.unit is None:
        return None
    if abs(mention.offset) >= _LEAST_ESTIMATE and mention.offset % 5 == 0:
        return None
    return move(start, mention.offset, mention.unit)


def _resolve_month(mention: TimeMention, month: int, written: When) -> When | None:
    if mention.unit is TimeUnit.YEAR:
        return to_when(written.year + (mention.offset or 0), month, mention.day)
    candidates = yearly(written, month, mention.day)
    if mention.offset == -1:
        return max((when for when in candidates if gap(written, when) < 0), default=None)
    if mention.offset == 1:
        return min((when for when in candidates if gap(written, when) > 0), default=None)
    behind, ahead = _WEIGHTS[mention.direction]
    return min(candidates, key=lambda when: max(-behind * gap(written, when), ahead * gap(written, when)), default=None)


def _resolve_weekday(mention: TimeMention, weekday: int, written: dt.date | None) -> When | None:
    if written is None:
        return None
    if mention.unit is TimeUnit.WEEK:
        return weekday_in_week(written, weekday, mention.offset or 0)
    return weekday_near(written, weekday, mention.offset or mention.direction, strictly=bool(mention.offset))


def _resolve_timeline(mentions: Sequence[TimeMention]) -> dict[Span, When]:
    """What each time means where the day of writing is not known: given in full, or continuing what was."""
    past = _past_dates(mentions)
    latest = max(
        (when.year for mention in mentions if mention.direction <= 0 and (when := _stated(mention))), default=0
    )
    last: When | None = None
    resolved = {}
    for mention in mentions:
        when = _stated(mention) or _match_weekday(mention, latest)
        if when is None and last is not None and mention.year is None:
            when = _continue(mention, last)
        if when is None:
            continue
        resolved[mention.span] = when
        moves = mention.direction <= 0 and when.month is not None and (mention.year is None or when in past)
        if moves and (last is None or when.first_day() > last.first_day()):
            last = when
    return resolved


def _match_weekday(mention: TimeMention, latest: int) -> When | None:
    """The day, where in only one of the `latest` year the text names and the next it falls on its weekday."""
    if mention.day is None or mention.month is None or mention.weekday is None or not latest:
        return None
    days = [when for year in (latest, latest + 1) if (when := to_when(year, mention.month, mention.day))]
    fitting = [when for when in days if (day := when.date()) and day.weekday() == mention.weekday]
    return fitting[0] if len(fitting) == 1 else None


def _continue(mention: TimeMention, last: When) -> When | None:
    """A month or day without year, where it comes within a few months after `last` or in its month."""
    if mention.month is None or mention.unit is not None or mention.offset not in (None, 0):
        return None
    following = [when for when in yearly(last, mention.month, mention.day) if months_between(last, when) >= 0]
    when = min(following, default=None)
    if when is None or months_between(last, when) > _LONGEST_STEP:
        return None
    day = when.date()
    return None if day and mention.weekday not in (None, day.weekday()) else when


def _resolve_anaphoric(
    mentions: Sequence[TimeMention], found: dict[Span, When], sentences: Sequence[Span]
) -> dict[Span, When]:
    """ "The previous day", "that year": from the last resolved time of the same sentence or the one before."""
    starts = [sentence.start for sentence in sentences]
    resolved: dict[Span, When] = {}
    last: tuple[int, When] | None = None
    for mention in mentions:
        sentence = bisect.bisect_right(starts, mention.span.start)
        when = found.get(mention.span)
        if mention.anaphoric and last is not None and sentence - last[0] <= 1:
            when = _resolve_step(mention, last[1])
            if when is not None:
                resolved[mention.span] = when
        if when is not None:
            last = sentence, when
    return resolved
