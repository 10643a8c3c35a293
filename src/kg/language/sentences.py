"""Where a sentence may begin, by the marks around a token alone."""

from __future__ import annotations

from spacy.tokens import Token

_ENDS = frozenset(".!?…") | {"...", "?!", "!!", ".."}
_CLOSERS = frozenset("\"”’'»)]") | {"''"}
_OPENERS = frozenset("\"“‘'«([") | {"``"}


def may_start_sentence(token: Token) -> bool:
    """True after a paragraph break, and after `.`, `!`, `?` or `…` and closing marks where no lower case follows."""
    if token.is_space:
        return False
    if token.i == 0:
        return True
    before = token.nbor(-1)
    if before.is_space:
        return "\n" in before.text or (before.i > 0 and _ends_sentence(before.nbor(-1), token))
    return _ends_sentence(before, token)


def _ends_sentence(last: Token, following: Token) -> bool:
    """True where `last` ends a sentence and `following` begins the next."""
    if following.text in _CLOSERS and not last.whitespace_:
        return False
    while last.i > 0 and last.text in _CLOSERS and not last.nbor(-1).whitespace_:
        last = last.nbor(-1)
    if following.text in _OPENERS and following.i + 1 < len(following.doc):
        following = following.nbor(1)
    if last.text in _ENDS:
        return not following.is_lower
    return len(last.text) > 2 and last.text[-1] == "." and last.text[-3] == "." and _is_opener(following)


def _is_opener(token: Token) -> bool:
    """True for a capitalised function word, which after "U.S." shows that a sentence begins."""
    return token.is_title and token.is_stop
