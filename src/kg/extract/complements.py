"""What hangs on a verb of speech: the clause or the quotation it reports, what it is about, its objects."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.clauses import children
from kg.extract.grammar import BEFORE_INVERSION
from kg.extract.quotes import CLOSING, MARKS

_COMPLEMENTS = frozenset({"obj", "iobj", "obl", "xcomp", "ccomp", "advcl", "nsubj:pass", "obl:agent", "nmod", "csubj"})


def has_complement(token: Token) -> bool:
    """True where the verb, or one that shares its object ("neither confirmed nor denied it"), has any complement."""
    joined = children(token, "conj")
    return has_clause(token) or any(c.dep_ in _COMPLEMENTS for t in (token, *joined) for c in t.children)


def is_reception(token: Token) -> bool:
    """True where somebody is met at a place: "was welcomed by Macron at the palace"."""
    met = any(t._.kind == "person" for t in children(token, "obj", "nsubj:pass"))
    return met and any(c.lower_ in {"at", "in", "to", "upon", "on"} for o in children(token, "obl") for c in o.children)


def has_topic(token: Token, prepositions: frozenset[str]) -> bool:
    """True where one of `prepositions` leads from the verb to what it is about."""
    return any(c.lower_ in prepositions for o in children(token, "obl", "advcl") for c in o.children)


def has_clause(token: Token) -> bool:
    """True where a clause or a quotation goes with the verb, or the verb follows what it reports."""
    if reported(token) or has_quotation(token):
        return True
    return token.dep_ == "parataxis" or is_comment(token) or follows_report(token) or ends_quotation(token)


def reported(token: Token) -> list[Token]:
    """The heads of the clauses that the tree gives the cue `token` as what is said."""
    noun = children(token, "acl") if token.pos_ == "NOUN" else []
    return [*children(token, "ccomp"), *noun, *(c for c in children(token, "parataxis", "appos") if _is_marked(c))]


def _is_marked(clause: Token) -> bool:
    """True for a clause after a colon or a quotation mark."""
    start = clause.left_edge.i
    return any(t.text == ":" or t.text in MARKS for t in clause.doc[max(clause.head.i, start - 2) : start + 2])


def ends_quotation(token: Token) -> bool:
    """True for the verb of a sentence that is cut off from the quotation it closes: "“We stay,” | Rady said."."""
    before = token.sent.start - 1
    while before > 0 and token.doc[before].is_space:
        before -= 1
    return token.dep_ in {"ROOT", "root"} and before > 0 and token.doc[before].text in CLOSING | {",", '"'}


def is_comment(token: Token) -> bool:
    """True for "as Norway noted": the clause it hangs on is what is said."""
    return token.dep_ == "advcl" and any(c.lower_ == "as" and c.i < token.i for c in children(token, "mark", "advmod"))


def follows_report(token: Token) -> bool:
    """True for a verb without subject or clause of its own, right after a mark that may end a report: "..., said X"."""
    if token.i == token.sent.start or token.tag_ not in {"VBD", "VBZ", "VBP"} or children(token, "obj", "xcomp"):
        return False
    later = [c for c in children(token, "ccomp") if c.i > token.i]
    mark, after = token.doc[token.i - 1].text, token.doc[token.i + 1 : token.i + 2]
    named = bool(after) and (after[0].pos_ in {"PROPN", "DET", "PRON", "NOUN", "ADJ"})
    return not later and named and mark in BEFORE_INVERSION


def has_quotation(token: Token) -> bool:
    """True where a quotation opens after the verb or closes before it, in the verb's own clause."""
    nested = {t.i for c in children(token, "conj", "acl:relcl", "advcl") for t in c.subtree}
    return any((t.i > token.i) if _opens(t) else (t.i < token.i) for t in token.subtree if _is_mark(t, nested))


def _is_mark(token: Token, nested: set[int]) -> bool:
    return (token.text in MARKS or token.text in CLOSING) and token.i not in nested


def _opens(mark: Token) -> bool:
    """True for an opening mark; a straight one opens where no space follows it."""
    return mark.text not in CLOSING and (mark.text != '"' or not mark.whitespace_)


def is_question(clause: Token) -> bool:
    """True for the head of an indirect question."""
    return any(t.tag_ in {"WP", "WRB", "WDT"} or t.lower_ in {"whether", "if"} for t in clause.children)


def is_wanted(token: Token) -> bool:
    """True where a bare gerund is the object: what "emphasized obtaining guarantees" wants done."""
    return any(c.tag_ == "VBG" and c.i == token.i + 1 for c in children(token, "xcomp", "ccomp", "obj", "advcl"))
