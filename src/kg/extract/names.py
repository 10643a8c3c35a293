"""Names of people: where each begins and ends, without titles, honorifics or what belongs to a place or a body.

A name is what the entity recognizer takes for one; where it saw none, a run of capitalised words counts if somebody
asks for one there: after a title, after an honorific, before a verb of speech.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Token

from kg.extract.grammar import POSSESSIVE_MARKS
from kg.extract.lexicon import name_words, title_words
from kg.extract.scene import Scene, is_capitalized
from kg.extract.titles import Title

_LONGEST = 7

Name = tuple[int, int]
"""First token of a name and the one after its last."""


class Names:
    """The names that the entity recognizer saw in a scene, and a reader for those that it did not see."""

    def __init__(self, scene: Scene, titles: Iterable[Title]) -> None:
        """The names of `scene` outside `titles`."""
        self._scene = scene
        self._words = name_words()
        self._titled = {i for title in titles for i in range(title.start, title.end)}
        self._elsewhere = {i for e in scene.doc.ents if e.label_ != "PERSON" for i in range(e.start, e.end)}
        seen = (self._trim(e.start, e.end) for e in scene.doc.ents if e.label_ == "PERSON")
        self.seen: Sequence[Name] = [name for name in seen if name is not None]
        self._at = {i: name for name in self.seen for i in range(*name)}

    def at(self, i: int) -> Name | None:
        """The name seen at token `i`."""
        return self._at.get(i)

    def starting(self, i: int) -> Name | None:
        """The name that starts at token `i`, past any honorifics, seen or read."""
        start = self.skip_honorifics(i)
        if start >= len(self._scene.doc):
            return None
        seen = self._at.get(start)
        if seen is not None:
            return seen if seen[0] == start else None
        end = self.read(start)
        return (start, end) if end > start and self._may_be_person(start, end) else None

    def ending(self, end: int) -> Name | None:
        """The name that ends right before token `end`, seen or read."""
        seen = self._at.get(end - 1)
        if seen is not None:
            return seen if seen[1] == end else None
        for start in range(max(0, end - _LONGEST), end):
            if self.read(start) == end and (start == 0 or not self.is_name_token(start - 1)):
                return (start, end) if self._may_be_person(start, end) else None
        return None

    def unseen(self) -> Iterator[Name]:
        """Every longest run of capitalised words that the entity recognizer took for nothing."""
        i = 0
        while i < len(self._scene.doc):
            end = self.read(i) if i not in self._at and i not in self._elsewhere else i
            if end > i and not (end - i == 1 and self._scene.doc[i].is_sent_start and self._scene.doc[i].is_stop):
                yield i, end
            i = max(end, i + 1)

    def skip_honorifics(self, i: int) -> int:
        """Token after any honorifics at `i`, "His Highness" included."""
        scene = self._scene
        if scene.lower(i) in {"his", "her"} and scene.lower(i + 1) in self._words.styles:
            i += 1
            while scene.lower(i) in self._words.styles:
                i += 1
        while scene.lower(i) in self._words.honorifics:
            i += 1
        return i

    def is_name_token(self, i: int) -> bool:
        """True for a capitalised word that may be part of a name."""
        token = self._scene.doc[i]
        lower = token.lower_.rstrip(".")
        return (
            is_capitalized(token)
            and i not in self._titled
            and not self._scene.is_named(i)
            and not self._is_style(i)
            and lower not in self._words.never
            and lower not in self._words.honorifics
            and (not token.is_upper or len(token) <= 2 or "." in token.text)
        )

    def read(self, start: int) -> int:
        """Token after the run of capitalised words that starts at `start`; `start` where none does."""
        scene, end = self._scene, start
        while end < len(scene.doc) and end - start < _LONGEST:
            if end > start and scene.doc[end].is_sent_start:
                break
            if self.is_name_token(end):
                end += 1
            elif end > start and scene.is_joined(end) and scene.doc[end + 1].is_alpha:
                end += 2
            elif self._is_particle(end, start) or self._is_inner_honorific(end, start):
                end += 1
            elif end > start and scene.lower(end) in self._words.suffixes:
                end += 1
                break
            else:
                break
        while end > start and scene.lower(end - 1) in self._words.particles:
            end -= 1
        return end

    def _may_be_person(self, start: int, end: int) -> bool:
        """False for a run of words that name a place, a body or a thing."""
        words = [t for t in self._scene.doc[start:end] if t.is_alpha]
        if not self._elsewhere.isdisjoint(range(start, end)):
            return all(t._.kind == "person" for t in words)
        return all(t._.kind in {"person", ""} for t in words)

    def _trim(self, start: int, end: int) -> Name | None:
        """The name inside the words seen at `start` to `end`, made whole; None where they name a body or a state."""
        scene = self._scene
        end = next((i for i in range(start + 1, end) if scene.doc[i].is_bracket), end)
        while end > start and not self._may_end(scene.doc[end - 1]):
            end -= 1
        while start < end and (self._is_before_name(start) or scene.is_named(start)):
            start += 1
        if any(scene.is_named(i) for i in range(start, end)) or not any(t.is_alpha for t in scene.doc[start:end]):
            return None
        lower = scene.lower(start)
        if lower in title_words().elsewhere or (lower in self._words.never and scene.doc[start]._.kind != "person"):
            return None  # "Fundación Ada Berg"
        if (
            start > 0
            and any(t.dep_ == "flat" and t.head.i == start - 1 for t in scene.doc[start:end])
            and (scene.lower(start - 1) in self._words.never)
        ):
            return None  # "Eid al-Fitr"
        while start > 0 and self._belongs(start - 1, start):
            start -= 1
        while end < len(scene.doc) and self._belongs(end, end - 1):
            end += 1
        return start, end

    def _may_end(self, token: Token) -> bool:
        return token.text not in POSSESSIVE_MARKS and (not token.is_punct or token.text == ".")

    def _is_before_name(self, i: int) -> bool:
        """True for a title, an honorific or an article that the recognizer took into the name."""
        token = self._scene.doc[i]
        return (
            self._is_style(i)
            or i in self._titled
            or token.lower_ in self._words.honorifics
            or token.is_punct
            or (token.lower_ in {"the", "a", "an"})
        )

    def _is_style(self, i: int) -> bool:
        """True inside "His Royal Highness"."""
        styles = self._words.styles
        return self._scene.lower(i) in styles and self._scene.lower(i - 1) in {"his", "her", *styles}

    def _belongs(self, i: int, beside: int) -> bool:
        """True for a name token next to a name whose tree joins the two: "U" in "U Myint Zaw"."""
        scene = self._scene
        if not (self.is_name_token(i) or scene.lower(i) in self._words.suffixes) or i in self._elsewhere:
            return False
        if scene.doc[max(i, beside)].is_sent_start:
            return False
        first, second = scene.doc[i], scene.doc[beside]
        return (first.dep_ in {"flat", "nmod:desc"} and first.head in (second, second.head)) or (
            second.dep_ == "flat" and second.head == first
        )

    def _is_particle(self, i: int, start: int) -> bool:
        scene = self._scene
        if scene.lower(i) not in self._words.particles or i + 1 >= len(scene.doc):
            return False
        following = i + 2 if scene.is_joined(i + 1) else i + 1
        return (
            following < len(scene.doc)
            and (self.is_name_token(following) or scene.lower(following) in self._words.particles)
            and (i > start or scene.is_joined(i + 1) or scene.doc[i].is_title)
        )

    def _is_inner_honorific(self, i: int, start: int) -> bool:
        """True for "Sheikh" in "Hassan Sheikh Mohamud"."""
        return (
            i > start
            and self._scene.lower(i) in self._words.honorifics
            and i + 1 < len(self._scene.doc)
            and self.is_name_token(i + 1)
        )
