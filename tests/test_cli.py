from __future__ import annotations

import functools
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import cli, validation
from kg.__main__ import main
from kg.iris import DEFAULT_GRAPH
from kg.journal import Journal
from kg.keeper import Keeper
from kg.pipeline import Pipeline
from kg.resources import resource
from kg.settings import Settings, load_settings
from kg.sources import find_documents
from kg.types import Entry, Format, Hints
from nobody import as_nobody
from stories import tell, write_stories

BASE = "http://localhost:8000/"
SAMPLE = resource("data", "samples", "us-korea-ukraine.txt")
COUNT = "SELECT (COUNT(*) AS ?n) { ?a a kg:Article }"
FRENCH = "Le ministre a déclaré mardi que son gouvernement condamnait l'attaque contre un navire dans la région. "
MENU = "<html><head><title>Shop</title></head><body><nav><a href='/'>Home</a></nav><p>(c) Shop</p></body></html>"
PAGE = f"<html><body><nav>Home</nav><article><h1>News</h1><p>{tell(7)}</p></article></body></html>"


@dataclass(frozen=True)
class Done:
    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.err.splitlines()


Kg = Callable[..., Done]


@pytest.fixture(autouse=True)
def clean_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    for name in [name for name in os.environ if name.startswith("KG_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    load_settings.cache_clear()
    yield
    load_settings.cache_clear()


@functools.cache
def pipeline_for(base_iri: str, max_words: int) -> Pipeline:
    """A pipeline holds no state, and is costly to make."""
    return Pipeline(Settings(base_iri=base_iri, max_words=max_words))


@pytest.fixture
def kg(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Iterator[Kg]:
    """The command, in this process: it takes two seconds to start."""
    for module in (cli, validation):
        monkeypatch.setattr(module, "Pipeline", lambda settings: pipeline_for(settings.base_iri, settings.max_words))
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def run(*arguments: object, stdin: bytes = b"") -> Done:
        monkeypatch.setattr(sys, "argv", ["kg", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(stdin)))
        capsysbinary.readouterr()
        with pytest.raises(SystemExit) as exit:
            main()
        captured = capsysbinary.readouterr()
        assert isinstance(exit.value.code, int)
        return Done(exit.value.code, captured.out.decode(), captured.err.decode())

    yield run
    for number, handler in handlers.items():
        signal.signal(number, handler)


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with three articles that nothing is written to."""
    folder = tmp_path_factory.mktemp("stored")
    (folder / "in").mkdir()
    for number in range(2):
        (folder / "in" / f"{number}.txt").write_text(tell(number), "utf-8")
    awkward = tell(2) + '\n@prefix "quoted" \\ back\\slash, é and 🙂 stay as they are in the text, he said.\n'
    (folder / "in" / "2.json").write_text(json.dumps({"url": "https://example.org/2", "text": awkward}), "utf-8")
    settings = Settings(data=folder / "data")
    with Keeper.open(settings) as keeper:
        documents = find_documents([str(folder / "in")], Hints(), settings.max_body_bytes, BytesIO())
        reader = pipeline_for(settings.base_iri, settings.max_words)
        assert not [outcome for outcome in reader.ingest(documents, keeper) if outcome.refusal]
    return folder / "data"


def graphs(directory: Path) -> dict[str, bytes]:
    with Journal.open(directory, base_iri=BASE, write=False) as journal:
        return {article: graph for _, article, graph in journal.since(0)}


def quads(directory: Path) -> set[ox.Quad]:
    return {
        ox.Quad(*quad.triple, ox.NamedNode(article))
        for article, graph in graphs(directory).items()
        for quad in ox.parse(graph, ox.RdfFormat.N_TRIPLES)
    }


# What is in the folder, and what must be said of it; nothing is said of what is stored.
DOCUMENTS: dict[str, tuple[bytes, str | None]] = {
    "a.txt": (tell(1).encode(), None),
    "accents.txt": (tell(2).replace("Silva", "Sílva").encode("cp1252"), None),
    "binary.txt": (random.Random(1).randbytes(50_000), "the file looks like binary data; save the article as text"),
    "broken-wide.txt": (b"\xff\xfe" + tell(3).encode("utf-16-le")[:-1], "the file is broken UTF-16 at byte"),
    "empty.txt": (b"", "the file is empty"),
    "french.txt": (FRENCH.encode() * 5, "the text is not English but looks like French"),
    "long.txt": (tell(4).encode() * 5000, "words, over the limit of 50,000; split it or raise KG_MAX_WORDS"),
    "menu.html": (MENU.encode(), "no article was found on the HTML page"),
    "page.html": (PAGE.encode(), None),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(100), "the file looks like a PNG image"),
    "record.json": (b'{"title": "No text"}', 'the JSON object has no text: field "text" is missing'),
    "z.txt": (tell(5).encode(), None),
}  # fmt: skip


def test_bad_documents_are_refused_in_one_line_each_and_the_rest_is_stored(kg: Kg, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, (content, _) in DOCUMENTS.items():
        (folder / name).write_bytes(content)
    good = json.dumps({"url": "https://example.org/1", "text": tell(10)})
    (folder / "lines.jsonl").write_text(f"{good}\n{good[:60]}\n{good.replace('/1', '/2')}\n")
    (folder / "linked.txt").symlink_to(folder / "nowhere.txt")
    (folder / "folder.txt").mkdir()
    with (folder / "big.txt").open("wb") as big:
        big.truncate(50_000_000)
    expected = {f"in/{name}": reason for name, (_, reason) in DOCUMENTS.items() if reason} | {
        "in/lines.jsonl:2": "broken JSON at column",
        "in/linked.txt": "it is a link, and there is no such file",
        "in/big.txt": "50.0 MB is over the limit of 10 MB; split it or raise KG_MAX_BODY_MB",
        "in/folder.txt": "the folder holds no .txt",
        "missing.txt": "there is no such file",
    }

    done = kg("ingest", "in", "in/folder.txt", "missing.txt", "--data", "data")

    assert done.status == 1
    said = dict(line.split(": not stored (read): ") for line in done.lines[:-1])
    assert said.keys() == expected.keys()
    assert all(reason in said[name] for name, reason in expected.items())
    assert done.lines[-1] == f"6 stored (6 new), {len(expected)} refused; data holds 6 articles."
    assert len(graphs(Path("data"))) == 6
    with Journal.open(Path("data"), base_iri=BASE, write=False) as journal:
        assert {refusal.name: refusal.reason for refusal in journal.refusals()} == said


def test_what_may_not_be_read_is_refused(kg: Kg, tmp_path: Path) -> None:
    Path("a.txt").write_text(tell(1))
    Path("secret.txt").write_text(tell(2))
    Path("secret.txt").chmod(0)
    Path("closed").mkdir(mode=0)
    kg("extract", "a.txt")  # loads what nobody may not read
    with as_nobody(tmp_path):
        done = kg("ingest", ".", "--data", "data")
    assert (done.status, done.lines[-1]) == (1, "1 stored (1 new), 2 refused; data holds 1 article.")
    assert sorted(done.lines[:2]) == [
        "./closed: not stored (read): no permission to read it",
        "./secret.txt: not stored (read): no permission to read it",
    ]


def test_what_is_stored_already_is_left_as_it_is(kg: Kg) -> None:
    write_stories(Path("in"), 25)
    first = kg("ingest", "in", "--data", "data")
    assert (first.status, first.lines) == (
        1,
        ["in/019.txt: not stored (read): the file is empty", "24 stored (24 new), 1 refused; data holds 24 articles."],
    )
    with Journal.open(Path("data"), base_iri=BASE, write=False) as journal:
        before = list(journal.since(0))
    second = kg("ingest", "in", "--data", "data")
    assert second.lines[-1] == "24 stored (24 unchanged), 1 refused; data holds 24 articles."
    with Journal.open(Path("data"), base_iri=BASE, write=False) as journal:
        assert list(journal.since(0)) == before


def test_of_two_articles_with_one_address_the_later_stays(kg: Kg) -> None:
    lines = [{"url": "https://example.org/1", "text": tell(number)} for number in (1, 2)]
    Path("two.jsonl").write_text("\n".join(map(json.dumps, lines)))
    done = kg("ingest", "two.jsonl", "--data", "data")
    assert (done.status, done.lines) == (0, ["2 stored (1 new, 1 replaced), 0 refused; data holds 1 article."])
    (graph,) = graphs(Path("data")).values()
    assert b"round 2" in graph and b"round 1" not in graph


def test_a_folder_with_its_own_data_directory_inside(kg: Kg) -> None:
    Path("a.txt").write_text(tell(1))
    assert kg("ingest", ".", "--data", "data").status == 0
    assert kg("ingest", ".", "--data", "data").lines == ["1 stored (1 unchanged), 0 refused; data holds 1 article."]


def newer(directory: Path) -> None:
    with Journal.open(directory, base_iri=BASE, write=True) as journal:
        journal._connection.execute("PRAGMA user_version = 7")


def foreign(directory: Path) -> None:
    Journal.open(directory, base_iri="http://example.org/", write=True).close()


def damaged(directory: Path) -> None:
    directory.mkdir()
    (directory / "journal.sqlite").write_bytes(b"Nothing of the kind.")


@pytest.mark.parametrize(
    "arguments, environment, message",
    [
        ("ingest a.txt", {"KG_READERS": "abc"}, "KG_READERS=abc: input should be a valid integer"),
        ("ingest a.txt", {"KG_BASE_IRI": "foo"}, "KG_BASE_IRI=foo: must be an http or https address that ends in /"),
        ("ingest a.txt", {"KG_BASE_IRI": "http://a b/"}, "KG_BASE_IRI=http://a b/: must be an http or https address"),
        ("ingest a.txt --published 2024-13-01", {}, "--published 2024-13-01 is no date: write it as 2024-01-31"),
        ("ingest a.txt --url news", {}, "--url news is no address: write it as https://"),
        ("ingest a.txt b.txt --url https://example.org/1", {}, "--url is the address of one article, and there are"),
        ("extract two.jsonl --url https://example.org/1", {}, "--url is the address of one article, and there are"),
        ("ingest a.txt --data a.txt", {}, "cannot make the data directory a.txt: a file is in the way; name another"),
        ("ingest a.txt --data a.txt/b", {}, "cannot make the data directory a.txt/b: a file is in the way"),
        ("query ASK{} --data a.txt", {}, "a.txt holds no articles: run kg ingest PATH --data a.txt first"),
        ("query ASK{} --data none", {}, "none holds no articles: run kg ingest"),
        ("rebuild --data none", {}, "none holds no articles: run kg ingest"),
        ("export --data none", {}, "none holds no journal: run kg ingest first, or name another --data"),
        ("export --data newer", {}, "was written by a newer kg .* install the newer kg, or use another --data"),
        ("ingest a.txt --data newer", {}, "was written by a newer kg .* install the newer kg, or use another --data"),
        ("query ASK{} --data foreign", {}, "made with the base IRI http://example.org/, .*: set KG_BASE_IRI=http"),
        ("ingest a.txt --data foreign", {}, "made with the base IRI http://example.org/, .*: set KG_BASE_IRI=http"),
        ("ingest a.txt --data damaged", {}, "it is no journal of kg; move it away or use another --data"),
        ("query no.rq --data none", {}, "cannot read the query file no.rq: No such file"),
        ("query binary.rq --data none", {}, "cannot read the query binary.rq: it is not in UTF-8"),
        ("query ASK{} --endpoint http://127.0.0.1:1/", {}, "cannot be reached .*: check KG_SPARQL_URL or --endpoint"),
        ("query ASK{} --endpoint news", {}, "news is no http or https address: check KG_SPARQL_URL or --endpoint"),
        ("serve --host 300.1.1.1", {}, "cannot listen at 300.1.1.1, port 8000: .*; choose another --port or --host"),
        ("serve --port 99999", {}, "Invalid value for '--port': .*; see kg --help, or kg VERB --help"),
        ("export --format csv --output all --actor USA", {}, "statements cannot be selected by actor, only by since"),
        (f"export --data none --output {'x' * 300}.nq", {}, "none holds no journal"),
        ("export --format xls", {}, "'xls' is not one of 'nquads', 'trig', .*; see kg --help"),
        ("ingest", {}, "Missing argument 'PATH'; see kg --help"),
        ("ingest a.txt --frob", {}, "No such option: --frob; see kg --help"),
        ("frob", {}, "No such command 'frob'; see kg --help"),
    ],
)  # fmt: skip
def test_what_cannot_go_on_says_why_in_one_line(
    kg: Kg, monkeypatch: pytest.MonkeyPatch, arguments: str, environment: dict[str, str], message: str
) -> None:
    for name in ("a.txt", "b.txt"):
        Path(name).write_text(tell(1))
    Path("two.jsonl").write_text("\n".join(json.dumps({"text": tell(number)}) for number in range(2)))
    Path("binary.rq").write_bytes(b"\xff\xfe\x00")
    for name, make in (("newer", newer), ("foreign", foreign), ("damaged", damaged)):
        if f"--data {name}" in arguments:
            make(Path(name))
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    done = kg(*arguments.split())
    assert (done.status, done.out, len(done.lines)) == (2, "", 1)
    assert re.match("kg: .*" + message, done.err)
    assert not Path("kg-data").exists()


def test_help_tells_of_every_verb_and_of_the_data_directory(kg: Kg) -> None:
    done = kg()
    assert (done.status, done.err) == (0, "")
    assert [
        verb for verb in ("ingest", "extract", "validate", "query", "export", "serve", "rebuild") if verb in done.out
    ]
    assert "[default: KG_DATA, else kg-data]" in " ".join(kg("ingest", "--help").out.split())


@pytest.mark.parametrize(
    "query, format, out",
    [
        (COUNT, "table", "n\n3\n"),
        (COUNT, "csv", "n\r\n3\r\n"),
        ("ASK {}", "table", "yes\n"),
        ("CONSTRUCT { <a:b> <a:c> ?o } { VALUES ?o { 1 } }", "ntriples",
         '<a:b> <a:c> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'),
    ],
)  # fmt: skip
def test_a_query_is_answered(kg: Kg, stored: Path, query: str, format: str, out: str) -> None:
    done = kg("query", query, "--data", stored, "--format", format)
    assert (done.status, done.out) == (0, out)


def test_a_query_comes_from_standard_input_or_a_file(kg: Kg, stored: Path) -> None:
    Path("count.rq").write_text(COUNT)
    assert kg("query", "-", "--data", stored, stdin=COUNT.encode()).out == "n\n3\n"
    assert kg("query", "count.rq", "--data", stored).out == "n\n3\n"


@pytest.mark.parametrize(
    "query, format, message",
    [
        ("SELECT * { ?s", "table", "this is no SPARQL 1.1 query: line 1, column"),
        ("SELECT * { ?s ?p ?o }", "turtle", "this query gives rows: ask for JSON, XML, CSV or TSV"),
        ("DESCRIBE <a:b>", "csv", "this query gives a graph: ask for Turtle, N-Triples, RDF/XML or JSON-LD"),
        ("CLEAR ALL", "table", "CLEAR is a SPARQL update: only queries are answered here"),
    ],
)
def test_a_query_that_cannot_be_answered(kg: Kg, stored: Path, query: str, format: str, message: str) -> None:
    done = kg("query", query, "--data", stored, "--format", format)
    assert (done.status, done.out, len(done.lines)) == (2, "", 1)
    assert done.err.startswith(f"kg: {message}")


# rdflib uses what it has deprecated itself to write JSON-LD.
@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
@pytest.mark.parametrize("format", ["nquads", "trig", "turtle", "jsonld"])
@pytest.mark.parametrize("reference", [(), ("--reference",)])
def test_an_export_is_what_is_stored(kg: Kg, stored: Path, format: str, reference: tuple[str, ...]) -> None:
    done = kg("export", "--data", stored, "--format", format, *reference)
    assert (done.status, done.err) == (0, "")
    formats = {"nquads": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG, "jsonld": ox.RdfFormat.JSON_LD}
    read = set(ox.parse(done.out.encode(), formats.get(format, ox.RdfFormat.TURTLE)))
    if format == "turtle":
        expected, found = {quad.triple for quad in quads(stored)}, {quad.triple for quad in read}
    else:
        fixed = tuple(f"{BASE}graph/{name}" for name in ("reference", "vocabulary", "examples"))
        assert {quad for quad in read if quad.graph_name.value in fixed} or not reference
        expected, found = quads(stored), {quad for quad in read if quad.graph_name.value not in fixed}
    assert expected <= found if reference else expected == found


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
@pytest.mark.parametrize("format", ["nquads", "trig", "turtle", "jsonld"])
def test_an_export_has_what_somebody_wrote_and_nothing_that_was_removed(kg: Kg, format: str) -> None:
    triple = b"<http://x/%s> <http://x/p> <http://x/o> .\n"
    with Journal.open(Path("curated"), base_iri=BASE, write=True, union_default_graph=False) as journal:
        for iri, name in ((f"{BASE}graphs/1", b"a"), (f"{BASE}graphs/2", b"b"), (DEFAULT_GRAPH, b"c")):
            journal.put_graph(iri, triple % name)
        journal.put_graph(f"{BASE}graphs/empty", b"")
        journal.remove(f"{BASE}graphs/2")
    done = kg("export", "--data", "curated", "--format", format)
    formats = {"nquads": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG, "jsonld": ox.RdfFormat.JSON_LD}
    read = ox.parse(done.out.encode(), formats.get(format, ox.RdfFormat.TURTLE))
    found = {(getattr(quad.graph_name, "value", ""), quad.subject.value) for quad in read}
    name = "" if format == "turtle" else f"{BASE}graphs/1"
    assert found == {(name, "http://x/a"), ("", "http://x/c")}


def test_one_article_is_exported_by_id_or_iri(kg: Kg, stored: Path) -> None:
    iri, graph = next(iter(graphs(stored).items()))
    for name in (iri, iri.rsplit("/", 1)[1]):
        assert len(kg("export", "--data", stored, "--article", name).out.splitlines()) == len(graph.splitlines())
    done = kg("export", "--data", stored, "--article", iri, "--article", "nothing")
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(f"kg: there is no article {BASE}article/nothing in ")


def test_articles_and_rdf_files_are_validated(kg: Kg, stored: Path) -> None:
    Path("a.txt").write_text(tell(1))
    Path("good.ttl").write_text(kg("extract", "a.txt", "--format", "turtle").out)
    Path("bad.ttl").write_text(re.sub(r'oa:exact "Kenya"', 'oa:exact "Mars"', Path("good.ttl").read_text()))
    Path("cut.ttl").write_text(Path("good.ttl").read_text()[:3000])
    Path("all.nq").write_text(kg("export", "--data", stored).out)
    assert kg("validate", "a.txt", "good.ttl").out == "a.txt: conforms\ngood.ttl: conforms\n"
    done = kg("validate", "bad.ttl", "cut.ttl", "gone.nt", "table.csv", "a.txt", "all.nq")
    first, violation, *rest = done.out.splitlines()
    assert done.status == 1
    assert re.fullmatch(r"bad.ttl: \d violations?", first)
    assert re.fullmatch(r'  <.*/evidence/.*> oa:exact "Mars": oa:exact differs from what kg:text has .*', violation)
    named = [f"all.nq <{iri}>: conforms" for iri in graphs(stored)]
    assert [line for line in rest if not line.startswith("  ")] == ["a.txt: conforms", *named]
    assert [re.sub(r"(line \d+|between).*", "…", line) for line in done.lines[:2]] == [
        "cut.ttl: cannot be checked: it is not well-formed: Parser error at …",
        "gone.nt: cannot be checked: No such file or directory",
    ]


def test_an_extract_in_json_has_the_article_and_its_facts(kg: Kg) -> None:
    Path("a.txt").write_text(tell(1))
    Path("b.txt").write_bytes(b"")
    done = kg("extract", "a.txt", "b.txt", "--format", "json")
    assert (done.status, done.lines) == (1, ["b.txt: not stored (read): the file is empty"])
    value = json.loads(done.out)
    assert value["article"]["title"].endswith("round 1")
    assert value["facts"]["states"]


def test_an_extract_is_the_same_in_any_process_and_order(kg: Kg) -> None:
    Path("stories.jsonl").write_text("\n".join(json.dumps({"text": tell(number)}) for number in range(8)))
    extract = ["extract", "--format", "nquads"]
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    other = subprocess.Popen(
        [sys.executable, "-m", "kg", *extract, "stories.jsonl", SAMPLE],
        env={**os.environ, "PYTHONHASHSEED": seed},
        stdout=subprocess.PIPE,
    )
    one = kg(*extract, SAMPLE, "stories.jsonl").out
    both = [without_times(one), without_times(other.communicate()[0].decode())]
    assert other.returncode == 0
    assert len(both[0]) > 500
    assert both[0] == both[1]


def without_times(nquads: str) -> list[str]:
    return sorted(line for line in nquads.splitlines() if "#endedAtTime>" not in line)


def test_nothing_is_said_to_a_reader_that_has_had_enough(kg: Kg, stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "w") as gone:
        monkeypatch.setattr(sys, "stdout", gone)
        done = kg("export", "--data", stored)
    assert (done.status, done.err) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_an_answer_that_cannot_be_written_says_so(kg: Kg, stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open("/dev/full", "w") as full:
        monkeypatch.setattr(sys, "stdout", full)
        done = kg("export", "--data", stored)
    assert (done.status, done.err) == (2, "kg: cannot write to standard output: No space left on device\n")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def children(parent: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        found += [int(path.parent.name)] if int(fields[1]) == parent and fields[0] != "Z" else []
    return found


def get(address: str) -> bytes:
    for _ in range(100):
        try:
            with urllib.request.urlopen(address, timeout=10) as response:
                return bytes(response.read())
        except ConnectionError:
            time.sleep(0.1)
    raise AssertionError("the service does not answer")


def test_a_service_is_the_one_writer_and_stops_when_asked(kg: Kg) -> None:
    Path("a.txt").write_text(tell(1))
    assert kg("ingest", "a.txt", "--data", "data").status == 0
    port = free_port()
    command = [sys.executable, "-m", "kg", "serve", "--data", "data", "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as service:
        assert service.stderr
        assert service.stderr.readline() == f"Serving 1 article at http://127.0.0.1:{port}/ (Ctrl-C stops)\n"
        assert json.loads(get(f"http://127.0.0.1:{port}/healthz")) == {"status": "ok"}
        assert b'"boolean":true' in get(f"http://127.0.0.1:{port}/sparql?query=ASK%7B%7D")
        readers = children(service.pid)

        locked = f"kg: data is being written to by process {service.pid}: stop it, POST to /articles"
        for verb in (["ingest", "a.txt"], ["rebuild"], ["serve", "--port", str(free_port())]):
            done = kg(*verb, "--data", "data")
            assert (done.status, len(done.lines)) == (2, 1)
            assert done.err.startswith(locked)
        assert kg("query", COUNT, "--data", "data").out == "n\n1\n"
        assert kg("export", "--data", "data").status == 0
        taken = kg("serve", "--data", "other", "--port", port)
        assert taken.err == (
            f"kg: cannot listen at 127.0.0.1, port {port}: address already in use; choose another --port or --host\n"
        )
        assert not Path("other").exists()

        service.terminate()
        assert (service.wait(10), service.stderr.read()) == (0, "")
    # One for the query, one that is ready for the next, and those for what the service makes of the index at its start.
    assert 1 <= len(readers) <= 5
    assert [reader for reader in readers if Path(f"/proc/{reader}").exists()] == []


def test_a_missing_index_is_made_again(kg: Kg) -> None:
    graph = f"<{BASE}article/1> <http://x/p> <http://x/o> .\n".encode()
    with Journal.open(Path("data"), base_iri=BASE, write=True) as journal:
        journal.append([Entry(f"{BASE}article/1", "1.txt", b"", Format.TEXT, graph, "kg 0", "rules 0")])
    assert kg("query", "ASK { ?a <http://x/p> ?o }", "--data", "data").out == "yes\n"
    assert kg("rebuild", "--data", "data").err == "The index of data holds 1 article.\n"
