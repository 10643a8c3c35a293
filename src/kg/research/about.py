"""Which records a plot is of, in words."""

from __future__ import annotations

from dataclasses import dataclass

from kg.export import Selection
from kg.research.canvas import count

_MOST_SHOWN = 4


@dataclass(frozen=True, slots=True)
class About:
    """What stands before and after the noun, as in `4 actual events (state KEN)`."""

    before: str = ""
    after: str = ""

    @classmethod
    def of(cls, selection: Selection) -> About:
        """The words for the events that a selection takes."""
        listed = (
            ("", selection.quad_classes),
            ("", selection.categories),
            ("actor ", selection.actors),
            ("recipient ", selection.recipients),
            ("state ", selection.states),
            ("since ", (f"{selection.since:%Y-%m-%d}",) if selection.since else ()),
            ("until ", (f"{selection.until:%Y-%m-%d}",) if selection.until else ()),
        )
        parts = [f"{noun}{_shorten(values)}" for noun, values in listed if values]
        return cls(
            " or ".join(selection.factualities) + " " if selection.factualities else "",
            f" ({'; '.join(parts)})" if parts else "",
        )

    def count(self, number: int) -> str:
        """So many events of these."""
        return f"{count(number, f'{self.before}event')}{self.after}"

    def none(self) -> str:
        """That there are none."""
        return f"There are no {self.before}events{self.after}."


def _shorten(values: tuple[str, ...]) -> str:
    """The first few of some values."""
    shown = ", ".join(values[:_MOST_SHOWN])
    return shown if len(values) <= _MOST_SHOWN else f"{shown} and {len(values) - _MOST_SHOWN} more"
