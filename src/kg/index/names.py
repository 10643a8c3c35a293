"""Which strings can name a graph. RFC 3987, as the engine reads it."""

from __future__ import annotations

import pyoxigraph as ox


def is_graph_name(text: str) -> bool:
    """True where `text` is an absolute IRI that the engine takes."""
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True
