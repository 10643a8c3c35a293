"""Text -> spaCy Doc with sentences. The one place that knows which language engine is used.

spaCy's English tokenizer and rules for sentence ends, no trained model. A paragraph break always ends a
sentence; so do `.`, `!`, `?` and `…` with the closing marks after them, unless what follows goes on in lower case.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg import types

_ENDS = frozenset(".!?…") | {"...", "?!", "!!", ".."}
_CLOSERS = frozenset("\"”’'»)]") | {"''"}
_OPENERS = frozenset("\"“‘'«([") | {"``"}


@Language.component("sentences")
def mark_sentences(doc: Doc) -> Doc:
    """Set `is_sent_start` on every token of `doc`."""
    starts = [1 if token.i == 0 or _starts_sentence(token) else -1 for token in doc]
    # All at once: the setter of a single token looks at the whole Doc each time.
    column = numpy.array(starts, dtype="int64").astype("uint64").reshape(-1, 1)
    return doc.from_array(["SENT_START"], column)  # type: ignore[arg-type]


def _starts_sentence(token: Token) -> bool:
    if token.is_space:
        return False
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


def load_language() -> Language:
    """The language engine: a tokenizer and sentence boundaries."""
    nlp = spacy.blank("en")
    nlp.max_length = 10_000_000
    nlp.add_pipe("sentences")
    return nlp


def to_span(span: Span | Token) -> types.Span:
    """Where a spaCy span or token lies, in code points of the text."""
    if isinstance(span, Token):
        return types.Span(span.idx, span.idx + len(span))
    return types.Span(span.start_char, span.end_char)


def sentences(doc: Doc) -> Iterator[Span]:
    """Each sentence of `doc`, without the white space around it."""
    for sent in doc.sents:
        start, end = sent.start, sent.end
        while start < end and doc[start].is_space:
            start += 1
        while end > start and doc[end - 1].is_space:
            end -= 1
        if start < end:
            yield doc[start:end]
