"""Bodies that a head word gives away: "Ministry of Health", "Egyptian Navy", "the foreign ministry".

In: a `Reading`. Out: `Body` candidates, which may overlap; `kg.extract.organizations` takes the longest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.gazetteer import Match
from kg.extract.reading import Body, BodyWords, Head, Reading

_LINKS = frozenset({"of", "for", "on"})
_DETERMINERS = frozenset({"the", "its", "their", "his", "her", "our", "this", "whose", "that"})
_LED = frozenset({"government", "administration", "regime", "cabinet", "junta"})
_TOPICAL = frozenset({"ministry", "ministries", "department"})
_ATTRIBUTIVE = frozenset({"military", "opposition", "police", "congress", "army"})
_NATIONAL = frozenset({"government", "other", "ngo"})
_PUBLIC = frozenset({"government", "military"})
_GLOBAL = frozenset({"Organization", "Organisation", "Union", "Community"})
_LONGEST = 10
_SUBJECT = re.compile(r"(?:s|tion|ment|ture|ing|ogy|ity|ance|ence|ice|ry)$")


def find_named(reading: Reading, words: BodyWords) -> Iterator[Body]:
    """Bodies named by capitalised words that hold a head word."""
    for head in words.heads.scan(reading.pieces.words):
        if reading.state(head.start) is None and not _is_joined(reading, head.end):
            start = _go_left(reading, words, head)
            end = _go_right(reading, words, head)
            alone = start == head.start and end == head.end
            if _may_stand_alone(reading, words, head) if alone else not _is_other(reading, words, start, end, head):
                yield _to_body(reading, words, start, end, head)


def find_bare(reading: Reading, words: BodyWords) -> Iterator[Match[Head]]:
    """Head words that "the" alone makes a name of: "the Commission"."""
    for head in words.heads.scan(reading.pieces.words):
        if reading.word(head.start - 1) in ("the", "The") and not reading.is_capital(head.end):
            yield head


def find_unnamed(reading: Reading, words: BodyWords) -> Iterator[Body]:
    """Bodies that words in lower case speak of: "the government", "Egypt's foreign ministry", "police"."""
    for head in words.common.scan(reading.pieces.words):
        if _is_compound(reading, words, head):
            continue
        start = head.start
        while _is_modifier(reading, words, start - 1, head):
            start -= 1
        body = _read_unnamed(reading, words, head, start)
        if body is not None:
            yield body


def _to_body(reading: Reading, words: BodyWords, start: int, end: int, head: Match[Head]) -> Body:
    """The body between two pieces, of the kind that its head and its scope give."""
    states = reading.states_in(start, end)
    kind = head.value.kind
    worldwide = not states and any(reading.word(i).lower() in words.scope for i in range(start, end))
    if (kind in _NATIONAL and len(states) > 1) or (
        worldwide and (kind == "government" or reading.word(head.end - 1) in _GLOBAL)
    ):
        kind = "igo"
    iso3 = states[0] if len(states) == 1 or (states and kind in ("company", "media", "party")) else None
    return Body(start, end, reading.text(start, end), kind, iso3 or (None if states else reading.state_before(start)))


def _may_stand_alone(reading: Reading, words: BodyWords, head: Match[Head]) -> bool:
    """True for "Parliament" and "Coast Guard", bodies without another word, save in "Government House"."""
    following = reading.word(head.end)
    several = head.end - head.start > 1 and head.value.kind in _PUBLIC
    return ("alone" in head.value.uses or several) and (
        not reading.is_capital(head.end) or following.lower() in words.title
    )


def _is_other(reading: Reading, words: BodyWords, start: int, end: int, head: Match[Head]) -> bool:
    """True for a person ("Michael Holding") and for a name that goes on after its head ("Health Service Games")."""
    if start == head.start - 1 and end == head.end and reading.word(start) in words.given:
        return True
    following = reading.word(end)
    goes_on = reading.is_capital(end) and following.lower() not in words.title and following not in words.given
    return not head.value.uses and end == head.end and goes_on and not reading.pieces.in_headline(end)


def _go_left(reading: Reading, words: BodyWords, head: Match[Head]) -> int:
    """First piece of the name whose head is `head`."""
    headline = reading.pieces.in_headline(head.start)
    i = head.start
    while head.start - i < _LONGEST:
        before = reading.skip_possessive(i)
        if before < i:
            if reading.word(before - 1).lower() not in words.topic or not reading.is_capital(before - 1):
                break
            i = before - 1
        elif (state := reading.state(i - 1)) is not None:
            i = state[0]
        elif _is_joint(reading, words, i):
            i -= 2
        elif _may_precede(reading, words, i - 1, headline):
            i -= 1
        elif head.value.kind == "other" and i < head.start and reading.word(i - 1).istitle():
            return i - 1 if reading.word(i - 1).lower() in words.namesake else i
        else:
            break
    return i


def _is_joint(reading: Reading, words: BodyWords, i: int) -> bool:
    """True where a hyphen, "&" or "and" before piece `i` holds two words of one name together."""
    joint = reading.word(i - 1)
    if joint == "-":
        return reading.pieces.is_joined(i) and reading.pieces.is_joined(i - 1) and reading.word(i - 2)[0].isupper()
    if joint == "&":
        return reading.is_capital(i - 2)
    topical = reading.word(i).lower() in words.topic and reading.word(i - 2).lower() in words.topic
    return joint == "and" and topical and reading.is_capital(i - 2)


def _may_precede(reading: Reading, words: BodyWords, i: int, headline: bool) -> bool:
    """True where piece `i` may belong to the name of the body that follows."""
    lower = reading.word(i).lower()
    if not reading.is_capital(i) or (lower in words.title and lower not in words.topic):
        return False
    return not headline or lower in words.topic or lower in words.scope


def _go_right(reading: Reading, words: BodyWords, head: Match[Head]) -> int:
    """Piece after the name whose head is `head`."""
    end = head.end
    if not head.value.uses & {"of", "ministry"} or reading.word(end) not in _LINKS:
        return end
    headline = reading.pieces.in_headline(end)
    while end - head.end < _LONGEST:
        following = end + 1 if reading.word(end) in _LINKS else end
        following += reading.word(following) == "the" and following > end
        if (state := reading.state(following)) is not None:
            end = state[1]
            if not (reading.word(end) in _LINKS or reading.is_capital(end)):
                break
        elif _may_follow(reading, words, following, headline):
            end = following + 1
        elif end > head.end and _is_list(reading, words, end, head):
            end += 2
        else:
            break
    return end


def _may_follow(reading: Reading, words: BodyWords, i: int, headline: bool) -> bool:
    """True where piece `i` may belong to the name of the body that began before it."""
    word, lower = reading.word(i), reading.word(i).lower()
    if word in ("-", "'") and reading.pieces.is_joined(i):
        return reading.pieces.is_joined(i + 1) and reading.word(i + 1).isalpha()
    if word == "s" and reading.word(i - 1) == "'":
        return reading.is_capital(i + 1)
    if not reading.is_capital(i) or (lower in words.title and lower not in words.topic):
        return word == "-" and reading.pieces.is_joined(i)
    return not headline or lower in words.topic or lower in words.scope


def _is_list(reading: Reading, words: BodyWords, i: int, head: Match[Head]) -> bool:
    """True where "and", "&" or a comma at piece `i` goes on with another subject of the body."""
    following = reading.word(i + 1).lower()
    if not reading.is_capital(i + 1) or not (following in words.topic or _is_subject(reading, i + 1)):
        return False
    if words.heads.match(reading.pieces.words, i + 1) is not None and reading.word(i) == ",":
        return False
    return reading.word(i) in ("and", "&") or (reading.word(i) == "," and "ministry" in head.value.uses)


def _is_subject(reading: Reading, i: int) -> bool:
    """True for a lone abstract or plural noun: "Aqueducts and Sewers", not "Defence and John Smith"."""
    return (
        _SUBJECT.search(reading.word(i)) is not None
        and not reading.word(i + 1)[0].isupper()
        and reading.state(i) is None
    )


def _is_joined(reading: Reading, i: int) -> bool:
    """True for a hyphen at piece `i` that makes one word with what stands before it."""
    return reading.word(i) == "-" and reading.pieces.is_joined(i)


def _is_compound(reading: Reading, words: BodyWords, head: Match[Head]) -> bool:
    """True where the head is part of another word or only describes: "anti-government", "military aid"."""
    following = reading.word(head.end)
    if reading.word(head.start - 1) == "-" or _is_joined(reading, head.end):
        return True
    return reading.word(head.end - 1) in _ATTRIBUTIVE and following in words.adjunct


def _is_modifier(reading: Reading, words: BodyWords, i: int, head: Match[Head]) -> bool:
    """True where piece `i` is an adjective of the body that follows: "foreign", "interim"."""
    word = reading.word(i)
    if reading.state(i) is not None or reading.word(i - 1) == "-":
        return False
    if word.lower() in words.modifier:
        return word.islower() or word in words.modifier
    return reading.word(head.end - 1) in _TOPICAL and word.lower() in words.topic


def _read_unnamed(reading: Reading, words: BodyWords, head: Match[Head], start: int) -> Body | None:
    """The body of the common head `head`, whose adjectives begin at piece `start`."""
    noun, kind = reading.word(head.end - 1), head.value.kind
    if noun in _TOPICAL and start == head.start:
        return None
    outer = start
    while reading.word(outer - 1) in words.passing:
        outer -= 1
    before = reading.state(start - 1)
    if before is not None:
        return Body(before[0], head.end, reading.text(before[0], head.end), kind, before[2])
    if reading.word(head.end) == "of":
        owner = head.end + 2 if reading.word(head.end + 1) == "the" else head.end + 1
        if (state := reading.state(owner)) is not None:
            return Body(start, state[1], reading.text(start, state[1]), kind, state[2])
    if (iso3 := reading.state_before(outer)) is not None:
        return Body(start, head.end, reading.text(start, head.end), kind, iso3)
    if noun in _LED and reading.is_capital(start - 1) and not reading.pieces.in_headline(start):
        return Body(start, head.end, reading.text(start - 1, head.end), kind)  # its leader is a person of their own
    if "owned" in head.value.uses:
        return None
    if reading.word(outer - 1).lower() in _DETERMINERS or "bare" in head.value.uses or noun in _TOPICAL:
        return Body(start, head.end, reading.text(start, head.end), kind)
    return None
