"""XML -> Draft: NITF, NewsML-G2, NewsML 1 and XHTML, told apart by the root element.

Nothing is fetched and no entity of the file's own is expanded, so that a hostile file can neither read other files nor
fill the memory.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from typing import Any

from lxml import etree

from kg.errors import SourceError
from kg.sources.draft import Draft
from kg.sources.elements import find_all, local_name
from kg.sources.encoding import decode
from kg.sources.html import read_html
from kg.sources.newsml import read_newsml, read_newsml_1
from kg.sources.nitf import read_nitf

_DECLARATION = re.compile(r"^\s*<\?xml\b[^>]*\?>")
_DECLARED = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_READERS: Mapping[str, Callable[[Any], Draft]] = {
    "newsItem": read_newsml,
    "NewsItem": read_newsml_1,
    "nitf": read_nitf,
}
_HTML = "html"
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z][A-Za-z0-9]{1,30};")


def read_xml(content: bytes) -> Draft:
    """The draft that the bytes of one article in XML hold.

    Raises:
        SourceError: the bytes are no well-formed XML, declare entities, hold no article or more than one.
    """
    root = parse_xml(content)
    if local_name(root) == _HTML:
        return read_html(content)
    items = _find_items(root)
    if not items:
        name = local_name(root)
        raise SourceError(f"the XML is <{name[:40]}> and holds no article in NITF, NewsML or XHTML")
    if len(items) > 1:
        raise SourceError(f"the XML holds {len(items)} articles, not one")
    return _READERS[local_name(items[0])](items[0])


def split_xml(content: bytes) -> list[bytes] | None:
    """The items of a message, each as XML of its own; None for anything else, broken XML too."""
    try:
        root = parse_xml(content)
    except SourceError:
        return None
    items = _find_items(root)
    if items in ([], [root]):
        return None
    return [etree.tostring(item, encoding="utf-8", with_tail=False) for item in items]


def parse_xml(content: bytes) -> Any:
    """The root element of an XML file.

    Raises:
        SourceError: the bytes are no text, no well-formed XML, or declare entities.
    """
    declared = _DECLARED.match(content)
    text = decode(content, declared[1].decode("ascii") if declared else None)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
        remove_pis=True, encoding="utf-8",
    )  # fmt: skip
    try:
        root = etree.fromstring(_to_plain(text).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise SourceError(f"broken XML at {_place(error)}: {_first_line(error.msg)}") from error
    subset = root.getroottree().docinfo.internalDTD
    if subset is not None and next(subset.iterentities(), None) is not None:
        raise SourceError("the XML declares entities of its own, which are not expanded; save it without them")
    return root


def _to_plain(text: str) -> str:
    """`text` without its declaration, and the characters themselves for the entities that HTML has and XML has not."""
    return _ENTITY.sub(lambda match: html.unescape(match[0]), _DECLARATION.sub("", text.lstrip("\ufeff")))


def _find_items(root: Any) -> list[Any]:
    """The elements that hold an article each: `root` itself, or those of one kind in it, whatever is around them."""
    for kind in _READERS:
        items = [item for item in find_all(root, kind) if next(item.iterancestors(item.tag), None) is None]
        if items:
            return items
    return []


def _place(error: etree.XMLSyntaxError) -> str:
    line, column = error.position
    return f"line {line}, column {column}"


def _first_line(message: str | None) -> str:
    lines = (message or "").splitlines() or ["it cannot be read"]
    return re.sub(r", line \d+, column \d+.*$", "", lines[0])[:200]
