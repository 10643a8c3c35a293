"""The words behind a fact, for people: as text, and as HTML where a notebook shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby, pairwise
from typing import overload

from kg.export.article_table import source_of
from kg.research.frames import Frame, FrameKind, Kind, TypedColumn, make_frame
from kg.research.passages import Mark, Passage

# Light tints of the colour-blind safe colours of Okabe and Ito, on which black is read in any theme.
_TINTS = {"actor": "#bfe0f5", "speaker": "#bfe0f5", "act": "#fde08d", "recipient": "#f7c9ae", "quote": "#cdeadf"}
_MARK = "color:#111;border-radius:2px;padding:0 1px;background:"


@dataclass(frozen=True)
class Evidence(Sequence[Passage]):
    """The passages that tell of `iri`, an event, a statement, or somebody who takes part in them.

    `is_whole` says whether they are all there are. In a notebook it shows each with its words marked; `to_frame` gives
    them as a frame.
    """

    iri: str
    passages: tuple[Passage, ...]
    is_whole: bool = True

    @overload
    def __getitem__(self, index: int) -> Passage: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Passage, ...]: ...
    def __getitem__(self, index: int | slice) -> Passage | tuple[Passage, ...]:
        """A passage, by its place."""
        return self.passages[index]

    def __len__(self) -> int:
        """How many passages there are."""
        return len(self.passages)

    def to_frame(self, frame: FrameKind = "pandas") -> Frame:
        """One row for each passage: fact, what it says, words, offsets, article."""
        string, integer, date = Kind.STRING, Kind.INTEGER, Kind.STRING
        columns = (
            TypedColumn("Fact", string, [one.fact for one in self]),
            TypedColumn("Says", string, [one.says for one in self]),
            TypedColumn("Sentence", string, [one.words.text for one in self]),
            TypedColumn("Sentence Start", integer, [one.words.start for one in self]),
            TypedColumn("Sentence End", integer, [one.words.end for one in self]),
            TypedColumn("Headline", string, [one.article.headline for one in self]),
            TypedColumn("Publication Date", date, [one.article.published for one in self]),
            TypedColumn("Article URL", string, [one.article.url for one in self]),
            TypedColumn("Article ID", string, [one.article.iri for one in self]),
        )
        return make_frame(columns, frame)

    def __repr__(self) -> str:
        """The passages as lines of text."""
        lines = [f"Evidence for {self.iri}"]
        for says, passages in groupby(self, key=lambda one: one.says):
            lines.append(f"  {says}")
            for one in passages:
                lines.append(f"    “{_one_line(one.words.text)}”")
                lines.append(f"    {_where(one)}")
        return "\n".join([*lines, *(f"  {line}" for line in self._rest())])

    def _repr_html_(self) -> str:
        """The passages as HTML; all that comes from the graph is escaped."""
        parts = [f'<p style="margin:.3em 0"><small>Evidence for {_link(self.iri, self.iri)}</small></p>']
        for says, passages in groupby(self, key=lambda one: one.says):
            parts.append(f'<p style="margin:.8em 0 .2em"><b>{escape(says)}</b></p>')
            parts.extend(map(_show, passages))
        parts.extend(f"<p><small>{escape(line)}</small></p>" for line in self._rest())
        return f'<div style="max-width:52em">{"".join(parts)}{_legend(self)}</div>'

    def _rest(self) -> Iterator[str]:
        if not self.passages:
            yield "No words of an article tell of it."
        elif not self.is_whole:
            yield f"There is more: these are the first {len(self)}. Give limit=None for all."


def _show(passage: Passage) -> str:
    before, after = (f'<span style="opacity:.6">{escape(text)}</span>' for text in (passage.before, passage.after))
    return (
        '<blockquote style="margin:.2em 0 .6em;padding:.1em .8em;border-left:3px solid #999">'
        f'<div style="white-space:pre-line">{before}{_mark(passage)}{after}</div>'
        f"<small>{_source(passage)}</small></blockquote>"
    )


def _mark(passage: Passage) -> str:
    """The words, cut wherever a mark begins or ends; where several lie over each other, the narrowest is seen."""
    words = passage.words
    bounds = sorted({words.start, words.end, *(at for mark in passage.marks for at in (mark.start, mark.end))})
    return "".join(
        _piece(words.text[start - words.start : end - words.start], _narrowest(passage.marks, start, end))
        for start, end in pairwise(bounds)
    )


def _narrowest(marks: tuple[Mark, ...], start: int, end: int) -> Mark | None:
    over = (mark for mark in marks if mark.start <= start and end <= mark.end)
    return min(over, key=lambda mark: mark.end - mark.start, default=None)


def _piece(text: str, mark: Mark | None) -> str:
    if mark is None:
        return escape(text)
    return f'<mark title="{mark.role}" style="{_MARK}{_TINTS[mark.role]}">{escape(text)}</mark>'


def _legend(evidence: Evidence) -> str:
    roles = dict.fromkeys(mark.role for passage in evidence for mark in passage.marks)
    shown = " ".join(f'<mark style="{_MARK}{_TINTS[role]}">{role}</mark>' for role in _TINTS if role in roles)
    return f"<p><small>{shown}</small></p>" if shown else ""


def _source(passage: Passage) -> str:
    article = passage.article
    title = _link(article.url or article.iri, article.headline or "article without a headline")
    return f"{title} · {escape(_place(passage))} · {_link(passage.fact, 'this fact')}"


def _where(passage: Passage) -> str:
    return f"{passage.article.headline or 'article without a headline'} · {_place(passage)} · {passage.fact}"


def _place(passage: Passage) -> str:
    article, words = passage.article, passage.words
    parts = (source_of(article), article.published, f"characters {words.start}–{words.end}")
    return " · ".join(part for part in parts if part)


def _link(address: str, text: str) -> str:
    """A link, where the address is one of the web: no other is followed."""
    if not address.lower().startswith(("http://", "https://")):
        return escape(text)
    return f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">{escape(text)}</a>'


def _one_line(text: str) -> str:
    return " ".join(text.split())
