from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from kg import pipeline
from kg.extract import Extractor
from kg.ingester import Ingester
from kg.journal import Journal
from kg.keeper import Keeper
from kg.pipeline import BATCH_DOCUMENTS, Pipeline
from kg.settings import Settings
from kg.sources import find_documents, read_article
from kg.types import Article, Document, Entry, Findings, Format, Hints, Refusal, Report, Violation
from stories import tell

BASE = "http://localhost:8000/"


@pytest.fixture(scope="module")
def reader() -> Pipeline:
    return Pipeline(Settings())


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[Keeper]:
    with Keeper.open(Settings(data=tmp_path / "data")) as keeper:
        yield keeper


class ListKeeper:
    """Remembers what it was given, batch by batch."""

    def __init__(self) -> None:
        self.batches: list[tuple[list[str], list[str]]] = []

    def keep(self, entries: Sequence[Entry], refusals: Sequence[Refusal]) -> None:
        self.batches.append(([entry.name for entry in entries], [refusal.name for refusal in refusals]))


def story(number: int) -> Document:
    return Document(f"{number}.txt", Format.TEXT, tell(number).encode())


def empty(number: int) -> Document:
    return Document(f"{number}.txt", Format.TEXT, b"")


def without_time(ntriples: bytes) -> list[bytes]:
    return [line for line in ntriples.splitlines() if b"#endedAtTime>" not in line]


def test_one_bad_document_does_not_stop_the_rest(reader: Pipeline, keeper: Keeper) -> None:
    gone = Refusal("gone.txt", "read", "there is no such file")
    outcomes = list(reader.ingest([story(1), empty(2), gone, story(3)], keeper))
    assert [outcome.name for outcome in outcomes] == ["1.txt", "2.txt", "gone.txt", "3.txt"]
    assert [outcome.refusal and outcome.refusal.reason for outcome in outcomes] == [
        None,
        "the file is empty",
        "there is no such file",
        None,
    ]
    assert (keeper.kept.new, keeper.kept.total) == (2, 2)


def test_a_graph_that_does_not_conform_is_refused_with_its_report(
    reader: Pipeline, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = Report((Violation("<http://x/1>", None, None, "<http://x/c>", "It has no speaker."),) * 2)
    monkeypatch.setattr(pipeline, "validate_articles", lambda graphs: dict.fromkeys(graphs, Report()) | {"1": wrong})
    good, bad = reader.ingest([story(1), story(2)], keeper)
    assert good.refusal is None
    assert bad.refusal == Refusal("2.txt", "shacl", "It has no speaker. (at <http://x/1>), and 1 more")
    assert (bad.report, bad.graph) == (wrong, None)
    assert keeper.kept.total == 1


def test_a_bug_says_where_and_takes_back_nothing(
    reader: Pipeline, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    extract = Extractor.extract

    def fail(self: Extractor, article: Article) -> Findings:
        if "round 25" in article.text:
            raise KeyError("no such key")
        return extract(self, article)

    monkeypatch.setattr(Extractor, "extract", fail)
    given = []
    with pytest.raises(KeyError) as caught:
        for outcome in reader.ingest(map(story, range(30)), keeper):
            given.append(outcome)
    assert caught.value.__notes__ == ["This happened at 25.txt."]
    assert keeper.kept.total == len(given) == BATCH_DOCUMENTS


@pytest.mark.parametrize(
    "sizes, batches",
    [
        ([0] * 45, [20, 20, 5]),
        ([0] * 20, [20]),
        ([300_000, 300_000, 10, 600_000, 10], [2, 2, 1]),
        ([], []),
    ],
)
def test_documents_are_taken_in_batches_of_bounded_size(reader: Pipeline, sizes: list[int], batches: list[int]) -> None:
    keeper = ListKeeper()
    documents = [Document(f"{i}.txt", Format.TEXT, b"\0" * size) for i, size in enumerate(sizes)]
    outcomes = list(reader.ingest(documents, keeper))  # type: ignore[arg-type]
    assert [len(refused) for _, refused in keeper.batches] == batches
    assert [outcome.name for outcome in outcomes] == [document.name for document in documents]


def test_the_same_article_gives_the_same_graph_in_any_company(reader: Pipeline) -> None:
    documents = [story(number) for number in range(6)]
    one_way = {outcome.name: outcome for _, outcome in reader.read(documents)}
    other_way = {outcome.name: outcome for _, outcome in reader.read([*reversed(documents), story(7)])}
    for name, outcome in one_way.items():
        assert outcome.article_iri == other_way[name].article_iri
        assert outcome.graph and without_time(outcome.graph) == without_time(other_way[name].graph or b"")


def test_what_has_one_address_is_one_article(reader: Pipeline, keeper: Keeper) -> None:
    at = Hints(url="https://example.org/1")
    first, later = (Document(name, Format.TEXT, tell(n).encode(), at) for n, name in ((1, "a.txt"), (2, "b.txt")))
    outcomes = list(reader.ingest([first, later], keeper))
    assert outcomes[0].article_iri == outcomes[1].article_iri
    assert (keeper.kept.new, keeper.kept.replaced, keeper.kept.total) == (1, 1, 1)


def test_an_ingester_takes_one_document_after_the_other(reader: Pipeline, keeper: Keeper) -> None:
    ingester = Ingester(reader, keeper)
    assert ingester.ingest(story(1)).refusal is None
    assert ingester.ingest(empty(2)).refusal == Refusal("2.txt", "read", "the file is empty")
    assert keeper.kept.total == 1


def files() -> dict[str, bytes]:
    """A file of each kind, each with an article of its own."""
    body = "".join(f"<p>{line}</p>" for line in tell(3).strip().split("\n\n"))
    page = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><article>{body}</article></body></html>"
    item = f'<newsItem guid="urn:x:2"><contentSet><inlineXML><body>{body}</body></inlineXML></contentSet></newsItem>'
    warc = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/4\r\nContent-Length: {len(page)}"
        f"\r\n\r\n{page}\r\n\r\n"
    )
    texts = {
        "a.md": f"---\nurl: https://example.org/1\ndate: 2024-01-09\n---\n{tell(1)}",
        "b.xml": f"<newsMessage><itemSet>{item}</itemSet></newsMessage>",
        "c.csv": f'Body;Link;Date\n"{tell(2)}";https://example.org/3;25/12/2024\n',
        "d.warc": warc,
        "e.json": json.dumps([{"uri": "https://example.org/5", "bodies": [{"value": body}]}]),
    }
    return {name: text.encode() for name, text in texts.items()}


def test_what_the_journal_keeps_gives_the_same_article_again(tmp_path: Path, reader: Pipeline) -> None:
    for name, content in files().items():
        (tmp_path / name).write_bytes(content)
    settings = Settings(data=tmp_path / "data")
    documents = list(find_documents([str(tmp_path)], Hints(), 100_000, io.BytesIO()))
    with Keeper.open(settings) as keeper:
        outcomes = list(reader.ingest(documents, keeper))
    assert [outcome.refusal for outcome in outcomes] == [None] * len(files())
    with Journal.open(settings.data, base_iri=settings.base_iri, write=False) as journal:
        kept = [journal.get(outcome.article_iri or "") for outcome in outcomes]
    for entry, document in zip(kept, documents, strict=True):
        assert entry is not None and isinstance(document, Document)
        again = read_article(Document(entry.name, entry.format, entry.document), 1000)
        assert again == read_article(document, 1000)
        assert again.url and again.url.rpartition("/")[2]
