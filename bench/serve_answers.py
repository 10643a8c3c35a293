"""Whether servers give the same answers: each question asked once, what comes compared as rows in no order."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from serve_clients import ACCEPT
from serve_data import Dataset
from serve_peers import Running, Server, run

SAME = "same"
OTHER = "another answer"

Rows = Counter[tuple[tuple[str, str], ...]]


def check(
    server: Server,
    dataset: Dataset,
    texts: Iterable[tuple[str, str]],
    known: dict[str, Rows],
    *,
    port: int,
    patience: float,
) -> dict[str, str]:
    """By kind of question, what became of the worst of its texts: `SAME`, `OTHER`, or why there was no answer.

    `known` holds the answer to a text, or is given it.
    """
    found: dict[str, str] = {}
    with run(server, dataset, port) as running:
        for kind, text in texts:
            if found.get(kind, SAME) == SAME:
                found[kind] = _compare(running, text, known, patience)
                if found[kind].startswith("longer"):
                    # It goes on with what nobody waits for.
                    rest = [(other, text) for other, text in texts if other not in found]
                    break
        else:
            return found
    return found | check(server, dataset, rest, known, port=port, patience=patience)


def read_rows(answer: bytes) -> Rows:
    """The rows of an answer in JSON: numbers rounded, for engines write decimals in their own ways, and lists that a
    GROUP_CONCAT made put in order."""
    rows = json.loads(answer)["results"]["bindings"]
    return Counter(tuple(sorted((name, _plain(term["value"])) for name, term in row.items())) for row in rows if row)


def _plain(value: str) -> str:
    try:
        return f"{float(value):.6g}"
    except ValueError:
        return ", ".join(sorted(value.split(", ")))


def _compare(running: Running, text: str, known: dict[str, Rows], patience: float) -> str:
    try:
        with urlopen(Request(running.url(text), headers={"Accept": ACCEPT}), timeout=patience) as response:
            rows = read_rows(response.read())
    except HTTPError as error:
        return f"status {error.code}"
    except (TimeoutError, URLError, HTTPException):
        return f"longer than {patience:g} s"
    return SAME if known.setdefault(text, rows) == rows else OTHER
