"""SPARQL patterns about ?fact for whoever takes part in it. Arguments are IRIs and words; all are escaped here.

A state acts and speaks through those who stand for it: its officials, its government and army.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.assistant.said import list_iris
from kg.sparql_text import to_literal


def acting(iris: Iterable[str], role: str, state_behind: str) -> str:
    """Each ?party of `iris` is in `role` of the event ?fact, or the state behind who is, or is represented by one."""
    return f"""VALUES ?party {{ {list_iris(iris)} }}
    {{ ?fact {role} ?party }} UNION {{ ?fact {state_behind} ?party }}
    UNION {{ ?one kg:represents ?party . ?fact {role} ?one }}"""


def taking_part(iris: Iterable[str]) -> str:
    """Each ?party of `iris` takes part in the event ?fact, on either side."""
    return acting(iris, "kg:actor|kg:recipient", "kg:actorState|kg:recipientState")


def speaking(iris: Iterable[str], role: str = "kg:speaker") -> str:
    """Each ?party of `iris`, or somebody who stands for it, is in `role` of the statement ?fact."""
    return f"""VALUES ?party {{ {list_iris(iris)} }}
    {{ ?fact {role} ?party }} UNION {{ ?one kg:represents ?party . ?fact {role} ?one }}
    UNION {{ ?one a kg:OfficialGroup ; kg:ofState ?party . ?fact {role} ?one }}
    UNION {{ ?one kg:partOfState ?party ; kg:kind ?kind FILTER(?kind IN (kind:government, kind:military))
      ?fact {role} ?one }}"""


def acts(iris: Iterable[str]) -> str:
    """Any of `iris` is an actor of the event."""
    return _of_facts(acting(iris, "kg:actor", "kg:actorState"))


def receives(iris: Iterable[str]) -> str:
    """Any of `iris` is a recipient of the event."""
    return _of_facts(acting(iris, "kg:recipient", "kg:recipientState"))


def takes_part(iris: Iterable[str]) -> str:
    """Any of `iris` takes part in the event, on either side."""
    return _of_facts(taking_part(iris))


def speaks(iris: Iterable[str]) -> str:
    """Any of `iris`, or somebody who stands for it, makes the statement."""
    return _of_facts(speaking(iris))


def is_addressed(iris: Iterable[str]) -> str:
    """The statement is made to any of `iris`, or to somebody who stands for it."""
    return _of_facts(speaking(iris, "kg:addressee"))


def is_spoken_of(iris: Iterable[str]) -> str:
    """The statement speaks of any of `iris`, or tells of an event in which it takes part."""
    return _of_facts(f"""VALUES ?party {{ {list_iris(iris)} }} {{ ?fact kg:about ?party }}
    UNION {{ ?event kg:actor|kg:recipient|kg:actorState|kg:recipientState ?party .
      ?fact kg:reports|kg:enacts|kg:disputes ?event }}""")


def has(property_: str, iris: Iterable[str]) -> str:
    """The fact has one of `iris` as `property_`."""
    variable = f"?has_{property_.partition(':')[2]}"
    return f"VALUES {variable} {{ {list_iris(iris)} }} ?fact {property_} {variable} ."


def says(words: str, *properties: str) -> str:
    """The fact has `words` in its sentence or in a text that one of `properties` gives, in large or small letters."""
    paths = ("kg:evidence/oa:exact", *properties)
    wanted = f"LCASE({to_literal(words)})"
    # Optional, so that the engine looks at the words of those facts alone that other patterns leave.
    texts = " ".join(f"OPTIONAL {{ ?fact {path} ?text{number} }}" for number, path in enumerate(paths))
    tests = " || ".join(f"CONTAINS(LCASE(STR(?text{number})), {wanted})" for number in range(len(paths)))
    return f"{texts} FILTER({tests})"


def _of_facts(pattern: str) -> str:
    return f"{{ SELECT DISTINCT ?fact WHERE {{ {pattern} }} }}"
