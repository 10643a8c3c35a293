"""Tables into a page, between the marks that name them.

A table of a page stands between `<!-- table: NAME -->` and `<!-- /table -->`, each on a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_TABLE = re.compile(r"(?<=^<!-- table: )([\w-]+)( -->\n)(.*?)(?=^<!-- /table -->$)", re.MULTILINE | re.DOTALL)


def fill(page: str, tables: Mapping[str, str]) -> str:
    """`page` with each of its tables in place of what stood there; a ValueError where page and tables differ."""
    marked = [name for name, _, _ in _TABLE.findall(page)]
    if sorted(marked) != sorted(tables):
        raise ValueError(f"the page has tables {sorted(marked)}, measured were {sorted(tables)}")
    return _TABLE.sub(lambda found: f"{found[1]}{found[2]}\n{tables[found[1]]}\n\n", page)


def to_table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A table in Markdown."""
    lines = ["| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |" for cells in (head, *rows)]
    return "\n".join([lines[0], "|" + "---|" * len(head), *lines[1:]])
