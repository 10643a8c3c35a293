"""Elements of XML by their local names: agencies write the same ones with a namespace, an older one, or none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from kg.sources.normalise import normalise

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def local_name(element: Any) -> str:
    """The name of an element without its namespace; "" for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def find_all(root: Any, *names: str) -> Iterator[Any]:
    """All elements at or below `root` with one of the local names `names`, in order; none below None."""
    return (element for element in (() if root is None else root.iter()) if local_name(element) in names)


def find(root: Any, *path: str) -> Any:
    """The first element with the last name of `path`, below the first with the one before it; None where none is."""
    for name in path:
        root = next(find_all(root, name), None)
    return root


def attributes(root: Any, element: str, name: str) -> list[str]:
    """What the attribute `name` says on each `element` at or below `root` that has it."""
    return [found.get(name) for found in find_all(root, element) if found.get(name)]


def language_of(element: Any) -> str | None:
    """The language that an element says it is in, or that one around it does."""
    while element is not None:
        if tag := element.get(XML_LANG) or element.get("lang"):
            return str(tag)
        element = element.getparent()
    return None


def first_text(values: Iterable[str | None]) -> str | None:
    """The first of `values` with something in it, in one line."""
    return next((text for value in values if value and (text := " ".join(normalise(value).split()))), None)
