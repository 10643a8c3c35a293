"""What the words of a text name as an act: its PLOVER category, its roles, and the tokens that name it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Roles(StrEnum):
    """Who takes part in which role; see the head of `frames.toml`."""

    DIRECTED = "directed"
    MUTUAL = "mutual"
    VISIT = "visit"
    HOST = "host"
    REVERSE = "reverse"


@dataclass(frozen=True, slots=True)
class Frame:
    """One PLOVER act: its category, roles and mode; `needy` where it is one only if somebody is there to receive it."""

    category: str
    roles: Roles
    mode: str | None
    needy: bool = False


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger as tokens `start` to `end`; `tags` are the verb's, empty for a noun. `head` is its verb or noun.

    `complement` is the noun or verb that completes the head and may lead to whom the act is for: "talks" in "held
    talks with Chad", "withdraw" in "agreed to withdraw from Chad". `parts` are all tokens that name the act.
    `factuality` is set where the words that make the category settle it as well: "will not meet" is a refusal made.
    """

    start: int
    end: int
    head: int
    frame: Frame
    tags: frozenset[str]
    complement: int | None = None
    parts: frozenset[int] = frozenset()
    factuality: str | None = None

    @property
    def is_verb(self) -> bool:
        """True for a verbal trigger."""
        return bool(self.tags)
