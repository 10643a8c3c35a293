"""What hangs on a verb of speech: the clause or the quotation it reports, what it is about, its objects."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.clauses import children
from kg.extract.grammar import BEFORE_INVERSION
from kg.extract.quotes import CLOSING, MARKS

_TELLING = frozenset({"tell", "remind", "inform", "assure"})
_ADDRESSED = _TELLING | {"ask"}
_GIVING = frozenset({"call", "label", "brand"})
_COMPLEMENTS = frozenset({"obj", "iobj", "obl", "xcomp", "ccomp", "advcl", "nsubj:pass", "obl:agent", "nmod", "csubj"})


def has_complement(token: Token) -> bool:
    """True where the verb, or one that shares its object ("neither confirmed nor denied it"), has any complement."""
    joined = children(token, "conj")
    return has_clause(token) or any(c.dep_ in _COMPLEMENTS for t in (token, *joined) for c in t.children)


def is_reception(token: Token) -> bool:
    """True where somebody is met at a place: "was welcomed by Macron at the palace"."""
    met = any(t._.kind == "person" for t in children(token, "obj", "nsubj:pass"))
    return met and any(c.lower_ in {"at", "in", "to", "upon", "on"} for o in children(token, "obl") for c in o.children)


def has_topic(token: Token, prepositions: frozenset[str], labels: tuple[str, ...] = ("obl", "advcl")) -> bool:
    """True where one of `prepositions` leads from the verb to what it is about, by a relation of `labels`."""
    return any(c.lower_ in prepositions for o in children(token, *labels) for c in o.children)


def leads_to(token: Token, prepositions: frozenset[str]) -> bool:
    """True where one of `prepositions` leads from the verb, or from its object, to the means of an act."""
    heads = [token, *children(token, "obj")]
    return any(c.lower_ in prepositions for h in heads for o in children(h, "obl", "nmod") for c in children(o, "case"))


def names(token: Token, lemma: str) -> bool:
    """True where somebody is named as somebody sees them: "called it a farce", "branded them as liars"; no name is."""
    verbs = (token, *children(token, "conj"))
    given = [o for verb in verbs for o in children(verb, "obj", "obl", "xcomp", "advcl")]
    if any(c.lower_ == "as" for o in given for c in children(o, "case", "mark")):
        return True
    given = children(token, "xcomp")
    if not given or has_quotation(token):
        return bool(given)
    return lemma in _GIVING and all(g.pos_ == "ADJ" or (g.pos_ == "NOUN" and children(g, "det")) for g in given)


def has_clause(token: Token) -> bool:
    """True where a clause or a quotation goes with the verb, or the verb follows what it reports."""
    if reported(token) or has_quotation(token):
        return True
    return is_comment(token) or is_inserted(token) or follows_report(token) or ends_quotation(token)


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
    if children(token, "ccomp", "xcomp") or (children(token, "obj") and token.lemma_.lower() not in _ADDRESSED):
        return False
    before = token.sent.start - 1
    while before > 0 and token.doc[before].is_space:
        before -= 1
    return token.dep_ in {"ROOT", "root"} and before > 0 and token.doc[before].text in CLOSING | {",", '"'}


def is_comment(token: Token) -> bool:
    """True for "as Norway noted": the clause it hangs on is what is said, as the verb has no object of its own."""
    if token.lemma_.lower() not in _TELLING and children(token, "obj", "xcomp", "ccomp"):
        return False
    return token.dep_ == "advcl" and any(c.lower_ == "as" and c.i < token.i for c in children(token, "mark", "advmod"))


def is_inserted(token: Token) -> bool:
    """True for "the talks, Norway noted, failed" and "the talks failed, Norway noted"."""
    if token.dep_ == "parataxis":
        return not children(token, "xcomp")
    subjects = children(token, "nsubj")
    if token.dep_ not in {"acl", "acl:relcl"} or len(subjects) != 1 or children(token, "obj", "xcomp", "ccomp", "mark"):
        return False
    start = max(1, subjects[0].left_edge.i)
    relative = subjects[0].tag_ in {"WDT", "WP"}
    return (
        not relative
        and token.tag_ in {"VBD", "VBZ", "VBP"}
        and "," in {t.text for t in token.doc[start - 1 : start + 1]}
    )


def follows_report(token: Token) -> bool:
    """True for a verb without subject or clause of its own, right after a mark that may end a report: "..., said X"."""
    if token.i == token.sent.start or token.tag_ not in {"VBD", "VBZ", "VBP"} or children(token, "xcomp"):
        return False
    if any(not _speaks_after(token, o) for o in children(token, "obj")):
        return False
    later = [c for c in children(token, "ccomp") if c.i > token.i]
    mark, after = token.doc[token.i - 1].text, token.doc[token.i + 1 : token.i + 2]
    named = bool(after) and (after[0].pos_ in {"PROPN", "DET", "PRON", "NOUN", "ADJ"})
    return not later and named and mark in BEFORE_INVERSION


def _speaks_after(verb: Token, noun: Token) -> bool:
    """True for an object that is the subject misread: "“It is over,” reads the letter", "..., wrote Marta Quispe"."""
    if verb.lemma_.lower() in _TELLING or children(verb, "nsubj") or noun.i < verb.i:
        return False
    return noun._.kind in {"person", "organization"} or verb.doc[verb.i - 1].text in CLOSING


def has_quotation(token: Token) -> bool:
    """True where a quotation opens after the verb or closes before it, in the verb's own clause."""
    nested = {t.i for c in children(token, "conj", "acl:relcl", "advcl") for t in c.subtree}
    return any((t.i > token.i) if _opens(t) else (t.i < token.i) for t in token.subtree if _is_mark(t, nested))


def _is_mark(token: Token, nested: set[int]) -> bool:
    return (token.text in MARKS or token.text in CLOSING) and token.i not in nested


def _opens(mark: Token) -> bool:
    """True for an opening mark; a straight one opens where no space follows it."""
    return mark.text not in CLOSING and (mark.text != '"' or not mark.whitespace_)


def asks_question(token: Token) -> bool:
    """True for "asked why", "asked about it", "asked: “Why?”": no more than an answer is wanted."""
    clauses = [c for c in children(token, "ccomp", "advcl") if c.i > token.i]
    if any(map(is_question, clauses)) or has_topic(token, frozenset({"about"})):
        return True
    return any(t.text == "?" or (t.lemma_ == "question" and t.dep_ == "obj") for t in token.subtree)


def is_question(clause: Token) -> bool:
    """True for the head of an indirect question."""
    return any(t.tag_ in {"WP", "WRB", "WDT"} or t.lower_ in {"whether", "if"} for t in clause.children)


def is_bidding(token: Token) -> bool:
    """True where an infinitive tells somebody what to do: "told him to leave"."""
    told = children(token, "xcomp", "ccomp")
    return any(c.tag_ == "VB" and any(m.lower_ == "to" for m in children(c, "mark")) for c in told)


def is_wanted(token: Token) -> bool:
    """True where a bare gerund is the object: what "emphasized obtaining guarantees" wants done."""
    return any(c.tag_ == "VBG" and c.i == token.i + 1 for c in children(token, "xcomp", "ccomp", "obj", "advcl"))
