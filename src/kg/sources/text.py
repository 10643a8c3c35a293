"""Plain text -> Draft: the article's own address, where it stands alone near the top, and the paragraphs."""

from __future__ import annotations

from kg.sources.address import find_address
from kg.sources.draft import Draft
from kg.sources.encoding import decode
from kg.sources.normalise import normalise
from kg.sources.paragraphs import to_paragraphs

_TOP = 4


def read_text(content: bytes) -> Draft:
    """The draft that the bytes of a plain text file hold.

    Raises:
        SourceError: the bytes are no text.
    """
    paragraphs = to_paragraphs(normalise(decode(content)))
    url = next((address for line in paragraphs[:_TOP] if (address := find_address(line))), None)
    return Draft(paragraphs=paragraphs, headed=True, url=url)
