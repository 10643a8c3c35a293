from __future__ import annotations

from kg.web import documents
from kg.web.documents import Documents


def test_a_document_is_written_once_per_source() -> None:
    kept = Documents()
    written: list[str] = []

    def write() -> bytes:
        written.append("")
        return b"%d" % len(written)

    one, other = object(), object()
    sources = [("a", one), ("a", one), ("a", other), ("a", other), ("b", other), ("a", None), ("a", None)]
    assert [kept.get(key, source, write) for key, source in sources] == [b"1", b"1", b"2", b"2", b"3", b"4", b"4"]


def test_only_the_last_few_are_kept() -> None:
    kept = Documents()
    for number in range(documents._MAX_KEPT + 1):
        kept.get(number, None, lambda: b"first")
    assert kept.get(documents._MAX_KEPT, None, lambda: b"second") == b"first"
    assert kept.get(0, None, lambda: b"second") == b"second"
