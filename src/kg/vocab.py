"""The closed namespaces: every term of ours and every concept scheme, as Python names.

`tests/test_vocab.py` holds this file, `ontology/` and `shapes/` together.
"""

from __future__ import annotations

from rdflib.namespace import DefinedNamespace, Namespace
from rdflib.term import URIRef


class KG(DefinedNamespace):
    """The ontology."""

    _fail = True
    _NS = Namespace("https://w3id.org/geokg/ontology#")

    Agent: URIRef
    Article: URIRef
    Event: URIRef
    Evidence: URIRef
    Group: URIRef
    ModeScore: URIRef
    Official: URIRef
    OfficialGroup: URIRef
    Organization: URIRef
    Person: URIRef
    Post: URIRef
    State: URIRef
    Statement: URIRef

    about: URIRef
    actor: URIRef
    actorSpan: URIRef
    actorState: URIRef
    addressee: URIRef
    article: URIRef
    capital: URIRef
    category: URIRef
    confidence: URIRef
    context: URIRef
    count: URIRef
    date: URIRef
    disputes: URIRef
    enacts: URIRef
    evidence: URIRef
    factuality: URIRef
    holds: URIRef
    iso3: URIRef
    kind: URIRef
    location: URIRef
    mode: URIRef
    modelVersion: URIRef
    ofOrganization: URIRef
    ofState: URIRef
    partOfState: URIRef
    quadClass: URIRef
    quote: URIRef
    recipient: URIRef
    recipientSpan: URIRef
    recipientState: URIRef
    reports: URIRef
    represents: URIRef
    role: URIRef
    saidOn: URIRef
    score: URIRef
    speaker: URIRef
    stance: URIRef
    text: URIRef
    trigger: URIRef
    triggerSpan: URIRef


OA = Namespace("http://www.w3.org/ns/oa#")
SCHEMA = Namespace("https://schema.org/")
PLOVER = Namespace("https://w3id.org/geokg/plover#")
STANCE = Namespace("https://w3id.org/geokg/stance#")
FACTUALITY = Namespace("https://w3id.org/geokg/factuality#")
KIND = Namespace("https://w3id.org/geokg/kind#")
SHAPE = Namespace("https://w3id.org/geokg/shapes#")
WIKIDATA = Namespace("http://www.wikidata.org/entity/")

STANCES = (
    "states", "announces", "pledges", "supports", "requests", "condemns",
    "accuses", "denies", "rejects", "warns", "confirms", "expects",
)  # fmt: skip
FACTUALITIES = ("actual", "future", "hypothetical", "negated")
CATEGORIES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
# PLOVER manual 0.8: cooperation that is still to come is verbal.
AS_FUTURE = {"CONSULT": "AGREE", "SUPPORT": "AGREE", "COOPERATE": "AGREE", "AID": "AGREE", "RETREAT": "CONCEDE"}
PUBLIC_KINDS = frozenset({"igo", "government", "military", "party", "armed_group"})
# Kinds of bodies that belong to a state even where the words do not say to which.
NATIONAL_KINDS = frozenset({"government", "military", "party"})
# Kinds of bodies in public life that nobody holds a public office of.
PARTISAN_KINDS = frozenset({"party", "armed_group"})
KINDS = ("igo", "government", "military", "party", "ngo", "armed_group", "company", "media", "other")

PREFIXES = {
    "kg": str(KG._NS),
    "oa": str(OA),
    "schema": str(SCHEMA),
    "plover": str(PLOVER),
    "stance": str(STANCE),
    "factuality": str(FACTUALITY),
    "kind": str(KIND),
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "wd": str(WIKIDATA),
}
