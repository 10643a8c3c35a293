"""The arguments that several tools take, with what they mean in words for a model that reads their schemas."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field

from kg.assistant.concepts import OneOf, Scheme

STRICT = ConfigDict(extra="forbid", str_strip_whitespace=True)
"""An argument that is not known is refused, rather than left out without a word."""

_MOST = 500

Name = Annotated[str, Field(min_length=1, max_length=_MOST)]
Iri = Annotated[str, Field(min_length=1, max_length=2_000)]
PartyName = Annotated[str, Field(min_length=1, max_length=2_000)]

Since = Annotated[
    str,
    Field(
        max_length=10,
        description="First day, month or year (2024-01-31, 2024-01, 2024). A fact counts by its own date where it has "
        "one, else by the day its article was published.",
    ),
]
Until = Annotated[str, Field(max_length=10, description="Last day, month or year, included.")]
Containing = Annotated[
    str,
    Field(
        min_length=1,
        max_length=_MOST,
        description="Only facts whose sentence (or quote) has these words, exactly in this order; case does not count.",
    ),
]
ArticleName = Annotated[
    str, Field(min_length=1, max_length=2_000, description="Only facts of this article: its IRI or its web address.")
]
Limit = Annotated[int, Field(ge=1, le=50, description="How many to give.")]
Cursor = Annotated[
    str,
    Field(
        max_length=4_000, description="What `next` of the last answer said: gives the next page of the same question."
    ),
]
Category = Annotated[str, OneOf(Scheme.CATEGORY), Field(description="PLOVER category of the act.")]
QuadClass = Annotated[
    str, OneOf(Scheme.QUAD_CLASS), Field(description="Cooperation or conflict, in words (verbal) or deeds (material).")
]
Mode = Annotated[str, OneOf(Scheme.MODE), Field(description="In what way, within its category, it is done.")]
Context = Annotated[str, OneOf(Scheme.CONTEXT), Field(description="Field of politics that it belongs to.")]
Factuality = Annotated[
    str,
    OneOf(Scheme.FACTUALITY),
    Field(description="How the article presents it: as done, still to come, imagined, or as not done."),
]
Stance = Annotated[str, OneOf(Scheme.STANCE), Field(description="What the speaker does in saying it.")]
