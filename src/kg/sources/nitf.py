"""A NITF document -> Draft: versions 2 and 3, with a namespace or without. https://iptc.org/standards/nitf/"""

from __future__ import annotations

from typing import Any

from kg.errors import SourceError
from kg.sources.address import tidy_url
from kg.sources.agency import first_date, put_dateline, require_usable
from kg.sources.blocks import find_paragraphs, text_of
from kg.sources.draft import Draft
from kg.sources.elements import attributes, find, find_all, first_text, language_of, local_name

# Where an archive gives the lead and then all of the text, with the lead in it again.
_FULL_TEXT = "full_text"
_SECTION_META = ("section", "category", "online_sections", "dsk")


def read_nitf(root: Any) -> Draft:
    """The draft that a `nitf` element holds.

    Raises:
        SourceError: there is no text in its body, or the agency withheld or cancelled it.
    """
    require_usable(first_text(attributes(root, "docdata", "management-status")))
    paragraphs = find_paragraphs(*_contents(root))
    if not paragraphs:
        raise SourceError("the NITF document has no text: its body.content is empty or missing")
    addresses = [*attributes(root, "pubdata", "ex-ref"), *attributes(root, "doc-id", "id-string")]
    return Draft(
        paragraphs=put_dateline(text_of(find(root, "dateline")), paragraphs),
        title=first_text(map(text_of, (find(root, "hl1"), find(root, "hedline"), find(root, "head", "title")))),
        url=next((url for address in addresses if (url := tidy_url(address))), None),
        published=first_date(_dates(root)),
        section=first_text(_sections(root)),
        publisher=first_text(_publishers(root)),
        language=language_of(find(root, "body")),
    )


def _contents(root: Any) -> list[Any]:
    """What holds the text: the block of the whole text where there is one, else each body.content."""
    contents = [content for content in find_all(root, "body.content") if not _is_in_note(content)]
    blocks = [block for content in contents for block in find_all(content, "block")]
    return [block for block in blocks if block.get("class") == _FULL_TEXT] or contents


def _is_in_note(content: Any) -> bool:
    return any(local_name(parent) == "note" for parent in content.iterancestors())


def _dates(root: Any) -> list[str]:
    norms = [norm for name in ("date.issue", "date.release", "story.date") for norm in attributes(root, name, "norm")]
    return [*attributes(root, "pubdata", "date.publication"), *norms]


def _sections(root: Any) -> list[str]:
    named = {meta.get("name"): meta.get("content", "") for meta in find_all(root, "meta")}
    return [
        *attributes(root, "pubdata", "position.section"),
        *attributes(root, "tobject.subject", "tobject.subject.type"),
        *(named.get(name, "") for name in _SECTION_META),
    ]


def _publishers(root: Any) -> list[str]:
    return [
        *attributes(root, "pubdata", "name"),
        text_of(find(root, "distributor")),
        *attributes(root, "doc.copyright", "holder"),
        *attributes(root, "doc-id", "regsrc"),
    ]
