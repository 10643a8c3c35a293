import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import (
    BusyError,
    IndexStoreError,
    NotAcceptableError,
    QueryMemoryError,
    QueryNestingError,
    QueryRefusedError,
    QueryRowsError,
    QuerySyntaxError,
    QueryTimeoutError,
)
from kg.index.answer import GRAPH_TYPES, RESULT_TYPES, Dataset
from kg.index.checkpoints import Checkpoints
from kg.index.local import LocalIndex
from kg.index.reader import Limits, Reader
from kg.index.readers import Readers

JSON, XML, CSV, TSV = RESULT_TYPES
TURTLE, N_TRIPLES, RDF_XML, JSON_LD = GRAPH_TYPES
WORDS = 2000
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ENDLESS_STREAM = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HUNGRY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g"


def triples(count):
    lines = [f'<http://x/s{number}> <http://x/p> "word {number}" .\n' for number in range(count)]
    return "".join(lines).encode() + b'<http://x/s0> <http://www.w3.org/2000/01/rdf-schema#label> "Zero"@en .\n'


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    directory = tmp_path_factory.mktemp("data")
    with LocalIndex.open(directory) as index:
        index.apply([(1, "http://x/article/1", triples(WORDS)), (2, "http://x/article/2", triples(1))])
        index.publish()
    return directory


@pytest.fixture(scope="module")
def readers(directory):
    with Readers(directory, size=2, timeout=20, limits=Limits(memory_mb=128)) as readers:
        yield readers


@pytest.fixture(scope="module")
def hasty(directory):
    with Readers(directory, size=2, timeout=1.0, limits=Limits(memory_mb=128)) as readers:
        yield readers


def ask(readers, text, *, results=CSV, graphs=N_TRIPLES, base_iri=None):
    with readers.query(text, results=results, graphs=graphs, base_iri=base_iri) as answer:
        return b"".join(answer).decode()


def count(readers):
    return int(ask(readers, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").split()[1])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the default graph is the union, each triple once
        ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", f"n\r\n{WORDS + 1}\r\n"),
        ("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", f"n\r\n{WORDS + 3}\r\n"),
        ("SELECT ?g { GRAPH ?g { ?s ?p 'word 1' } }", "g\r\nhttp://x/article/1\r\n"),
        # our prefixes are declared
        ("SELECT ?o { ?s rdfs:label ?o }", "o\r\nZero\r\n"),
        ("ASK { ?s rdfs:label 'Zero'@en }", "true"),
        ("ASK { ?s rdfs:label 'Zero' }", "false"),
        ("CONSTRUCT { ?s a kg:State } WHERE { ?s rdfs:label ?o }",
         "<http://x/s0> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
         "<https://w3id.org/geokg/ontology#State> .\n"),
        # what is said of the resource
        ("DESCRIBE <http://x/s7>", '<http://x/s7> <http://x/p> "word 7" .\n'),
    ],
)  # fmt: skip
def test_answers(readers, text, expected):
    assert ask(readers, text) == expected


@pytest.mark.parametrize(("media_type", "format"), [(JSON, "JSON"), (XML, "XML"), (CSV, None), (TSV, "TSV")])
def test_result_formats(directory, readers, media_type, format):
    with readers.query("SELECT ?o { <http://x/s0> rdfs:label ?o }", results=media_type, graphs=None) as answer:
        body = b"".join(answer)
        assert (answer.kind, answer.media_type, answer.generation) == (
            "solutions",
            media_type,
            Checkpoints(directory / "index").newest(),
        )
    if format is None:
        assert body == b"o\r\nZero\r\n"
    else:
        (row,) = ox.parse_query_results(body, getattr(ox.QueryResultsFormat, format))
        assert row["o"] == ox.Literal("Zero", language="en")
    with readers.query("ASK {}", results=media_type, graphs=None) as answer:
        assert answer.kind == "boolean"
        assert b"true" in b"".join(answer)


@pytest.mark.parametrize("media_type", GRAPH_TYPES)
def test_graph_formats(readers, media_type):
    with readers.query("DESCRIBE <http://x/s0>", results=None, graphs=media_type) as answer:
        body = b"".join(answer)
        assert (answer.kind, answer.media_type) == ("graph", media_type)
    found = {quad.triple for quad in ox.parse(body, ox.RdfFormat.from_media_type(media_type))}
    assert {triple.object.value for triple in found} == {"word 0", "Zero"}


def test_relative_iris(readers):
    assert ask(readers, "ASK { <s7> <p> ?o }", base_iri="http://x/") == "true"
    with pytest.raises(QuerySyntaxError):
        ask(readers, "ASK { <s7> <p> ?o }")


def test_long_answers_come_in_parts(readers):
    with readers.query("SELECT * { ?a ?b ?c { SELECT * { ?d ?e ?f } LIMIT 50 } }", results=JSON, graphs=None) as answer:
        sizes = [len(chunk) for chunk in answer]
    assert max(sizes) == 1 << 16
    assert sum(sizes) > 10_000_000


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("SELECT * {\n ?s ?p }", QuerySyntaxError, "line 2, column"),
        ("SELECT * { ?s nope:p ?o }", QuerySyntaxError, "a prefix is not declared"),
        ("", QuerySyntaxError, "no SPARQL 1.1 query"),
        ("INSERT DATA { <http://x/a> <http://x/a> <http://x/a> }", QueryRefusedError, "INSERT is a SPARQL update"),
        ("LOAD <http://localhost/>", QueryRefusedError, "LOAD is a SPARQL update"),
        ("SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } }", QueryRefusedError, "SERVICE"),
        (
            "PREFIX service: <http://x/> SELECT * { SERVICE SILENT service:x { ?s ?p ?o } }",
            QueryRefusedError,
            "SERVICE",
        ),
        ("ASK {?s ?p ?o.SERVICE#{\n?o{?s ?p 'service'}}", QueryRefusedError, "SERVICE"),
        ("SELECT * { ?service }", QuerySyntaxError, "line 1, column"),
    ],
)
def test_what_is_no_query(readers, text, error, message):
    with pytest.raises(error) as caught:
        ask(readers, text)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "xervice" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "ASK { ?service ?p 'SERVICE <http://x/> {' } # SERVICE <http://x/> {",
        "ASK { ?s ?p ?o\n# SERVICE <http://localhost:1/> { ?s ?p ?o }\n FILTER(?s != <http://x/service>) }",
        "PREFIX service: <http://x/> ASK { ?s service:p ?service }",
        "PREFIX x: <http://x/> ASK { GRAPH ?service { ?s x:p ?o } }",
    ],
)
def test_the_word_service_alone_is_no_service(readers, text):
    assert ask(readers, text) in ("true", "false")


def test_no_spelling_reaches_another_endpoint(readers, services, engine):
    for text in services:
        text = text.replace("ADDRESS", engine.url)
        # It is SPARQL: the engine alone would go there.
        with suppress(OSError):
            ox.Store().query(text.replace(engine.url, "http://127.0.0.1:1/"))
        with pytest.raises(QueryRefusedError):
            ask(readers, text)
    assert engine.requests == []


@pytest.mark.parametrize(("text", "accept"), [("ASK {}", {"results": None}), ("DESCRIBE <a:b>", {"graphs": None})])
def test_no_format_for_what_it_gives(readers, text, accept):
    with pytest.raises(NotAcceptableError):
        ask(readers, text, **accept)


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT ({'(' * 20_000}1{')' * 20_000} AS ?x) {{}}",
        f"SELECT * {{ {'OPTIONAL { ' * 20_000}{'}' * 20_000} }}",
        f"SELECT * {{ {'{' * 20_000}{'}' * 20_000} }}",
        f"SELECT ({'!' * 50_000}true AS ?x) {{}}",
        f"SELECT * {{ {{}}{' UNION {}' * 20_000} }}",
    ],
    ids=["parentheses", "optionals", "groups", "negations", "unions"],
)
def test_deep_nesting_ends_only_the_query(readers, text):
    with pytest.raises(QueryNestingError, match="nested"):
        ask(readers, text)
    assert count(readers) == WORDS + 1


def test_too_much_memory_ends_only_the_query(directory):
    with Readers(directory, size=1, timeout=20, limits=Limits(memory_mb=128)) as readers:
        with pytest.raises(QueryMemoryError, match="128 MB"):
            ask(readers, HUNGRY)
        assert count(readers) == WORDS + 1


def test_too_long_evaluation_ends_only_the_query(hasty):
    start = time.monotonic()
    with pytest.raises(QueryTimeoutError, match="1 s"):
        ask(hasty, ENDLESS)
    assert 0.9 < time.monotonic() - start < 2.5
    assert count(hasty) == WORDS + 1


def test_too_long_answers_break_off(hasty):
    start = time.monotonic()
    with hasty.query(ENDLESS_STREAM, results=JSON, graphs=None) as answer, pytest.raises(QueryTimeoutError):
        for _ in answer:
            pass
    assert time.monotonic() - start < 2.5
    assert count(hasty) == WORDS + 1


def test_answers_nobody_reads_give_their_readers_back(hasty):
    answers = [hasty.query(ENDLESS_STREAM, results=JSON, graphs=None) for _ in range(2)]
    # Both readers are taken; the first is given back when its time is over, however late its owner looks.
    with pytest.raises(BusyError):
        count(hasty)
    time.sleep(1.2)
    assert count(hasty) == WORDS + 1
    for answer in answers:
        with pytest.raises(QueryTimeoutError):
            list(answer)
        answer.close()


def test_closing_early_frees_the_reader(directory):
    with Readers(directory, size=1, timeout=5, limits=Limits(memory_mb=128)) as readers:
        start = time.monotonic()
        for _ in range(3):
            with readers.query(ENDLESS_STREAM, results=JSON, graphs=None) as answer:
                next(answer)
        assert count(readers) == WORDS + 1
        assert time.monotonic() - start < 3


def test_closing_after_the_end_leaves_the_reader_to_others(directory):
    with Readers(directory, size=1, timeout=5, limits=Limits(memory_mb=128)) as readers:
        first = readers.query("ASK {}", results=CSV, graphs=None)
        list(first)
        second = readers.query("ASK {}", results=CSV, graphs=None)
        first.close()
        assert b"".join(second) == b"true"


def test_many_threads(readers):
    texts = [f"SELECT ?o {{ <http://x/s{number}> <http://x/p> ?o }}" for number in range(200)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda text: ask(readers, text), texts))
    assert answers == [f"o\r\nword {number}\r\n" for number in range(200)]


def test_trouble_in_one_thread_stays_there(directory):
    with (
        Readers(directory, size=3, timeout=1.0, limits=Limits(memory_mb=128)) as readers,
        ThreadPoolExecutor(3) as pool,
    ):
        long = pool.submit(ask, readers, ENDLESS)
        deep = pool.submit(ask, readers, f"SELECT ({'!' * 50_000}true AS ?x) {{}}")
        assert [count(readers) for _ in range(20)] == [WORDS + 1] * 20
        assert isinstance(deep.exception(), QueryNestingError)
        assert isinstance(long.exception(), QueryTimeoutError)


def test_new_generations_are_taken_up_and_old_ones_removed(tmp_path):
    generations = tmp_path / "index" / "generations"
    with (
        LocalIndex.open(tmp_path) as index,
        Readers(tmp_path, size=2, timeout=5, limits=Limits(memory_mb=128)) as readers,
    ):
        with pytest.raises(IndexStoreError, match="run kg ingest"):
            count(readers)
        index.apply([(1, "http://x/article/1", triples(3000))])
        index.publish()
        text = "SELECT ?o { ?s ?p ?o { SELECT ?x { ?x ?y ?z } LIMIT 200 } }"
        with readers.query(text, results=CSV, graphs=None) as old:
            start = next(old)
            for number in range(2, 5):
                index.apply([(number, f"http://x/article/{number}", triples(3000 + number))])
                index.publish()
                assert count(readers) == 3001 + number
            # What is being read stays what it was, and is there until it is read.
            first = old.generation
            assert {path.name for path in generations.iterdir()} >= {str(first), str(first + 3)}
            assert b"".join([start, *old]).count(b"word") == 3000 * 200
        assert count(readers) == 3005
        index.apply([(5, "http://x/article/5", triples(1))])
        index.publish()
        assert str(first) not in {path.name for path in generations.iterdir()}


def test_an_idle_reader_lets_go_of_an_old_generation(tmp_path):
    generations = tmp_path / "index" / "generations"
    with LocalIndex.open(tmp_path) as index:
        first = index.publish()
        reader = Reader(tmp_path / "index", limits=Limits(memory_mb=128), prefixes={}, idle_seconds=0.05)
        try:
            question = {"text": "ASK {}", "results": CSV, "graphs": None, "base_iri": None, "timeout": 5}
            question |= {"dataset": None, "union": False, "all_rows": False}
            assert reader.ask(question)["generation"] == first
            assert list(reader.chunks()) == [b"true"]
            index.apply([(1, "http://x/article/1", triples(1))])
            index.publish()
            deadline = time.monotonic() + 3
            while (generations / str(first)).exists() and time.monotonic() < deadline:
                Checkpoints(tmp_path / "index").clean()
            assert not (generations / str(first)).exists()
            assert reader.ask(question)["generation"] == first + 1
        finally:
            reader.close()


def test_a_damaged_generation(tmp_path):
    with LocalIndex.open(tmp_path) as index:
        index.apply([(1, "http://x/article/1", triples(1))])
        number = index.publish()
    for path in (tmp_path / "index" / "generations" / str(number)).glob("MANIFEST-*"):
        os.truncate(path, 3)
    with (
        Readers(tmp_path, size=1, timeout=5, limits=Limits(memory_mb=128)) as readers,
        pytest.raises(IndexStoreError, match="rebuild"),
    ):
        count(readers)


def test_a_reader_that_died_while_idle_is_replaced(directory):
    with Readers(directory, size=1, timeout=5, limits=Limits(memory_mb=128)) as readers:
        assert count(readers) == WORDS + 1
        process = readers._lanes._quick.idle[0]._process
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert count(readers) == WORDS + 1


def test_readers_die_with_their_parent(directory):
    code = f"""
import sys, threading, time
from pathlib import Path
from kg.index.reader import Limits
from kg.index.readers import Readers
readers = Readers(Path(sys.argv[1]), size=1, timeout=60, limits=Limits(memory_mb=128))
ask = lambda: readers.query({ENDLESS!r}, results="text/csv", graphs=None)
threading.Thread(target=ask, daemon=True).start()
while not readers.busy:
    time.sleep(0.01)
time.sleep(0.3)
print(next(iter(readers._lanes._quick.running)).reader._process.pid, flush=True)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", code, directory], stdout=subprocess.PIPE, text=True) as parent:
        reader = int(parent.stdout.readline())
        assert is_running(reader)
        parent.kill()
    deadline = time.monotonic() + 3
    while is_running(reader) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not is_running(reader)


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def test_a_reader_loads_no_more_than_it_needs():
    code = "import kg.index.reader_process, sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert "pyoxigraph" in loaded
    assert not {"rdflib", "spacy", "pyshacl", "pydantic", "sqlite3", "http.client", "kg.vocab"} & set(loaded)


def test_no_thread_is_left_behind(directory):
    before = threading.active_count()
    with Readers(directory, size=2, timeout=5, limits=Limits(memory_mb=128)) as readers:
        count(readers)
    assert threading.active_count() == before


@pytest.mark.parametrize(
    ("dataset", "expected"),
    [
        (None, {"default": WORDS + 1, "named": WORDS + 3}),
        (Dataset(default=("http://x/article/2",)), {"default": 2, "named": 0}),
        (Dataset(named=("http://x/article/2",)), {"default": 0, "named": 2}),
        (Dataset(("http://x/nowhere",), ("http://x/article/1", "http://x/article/2")), {"default": 0, "named": 2003}),
    ],
)
def test_the_dataset_of_the_request_goes_before_that_of_the_query(readers, dataset, expected):
    counted = {}
    for name, pattern in (("default", "?s ?p ?o"), ("named", "GRAPH ?g { ?s ?p ?o }")):
        sources = "FROM <http://x/article/1> FROM NAMED <http://x/article/1>" if dataset else ""
        text = f"SELECT (COUNT(*) AS ?n) {sources} {{ {pattern} }}"
        with readers.query(text, results=CSV, graphs=None, dataset=dataset) as answer:
            counted[name] = int(b"".join(answer).split()[1])
    assert counted == expected


@pytest.mark.parametrize("iri", ["", "relative", "http://x/a b", "http://x/<"])
def test_what_is_no_iri_names_no_graph(readers, iri):
    with pytest.raises(QuerySyntaxError):
        readers.query("ASK {}", results=CSV, graphs=None, dataset=Dataset((iri,)))


@pytest.mark.parametrize("media_type", [*RESULT_TYPES, *GRAPH_TYPES])
@pytest.mark.parametrize("rows", [0, 1, 2, 5, 700])
def test_rows_are_counted(readers, media_type, rows):
    form = "CONSTRUCT { ?s ?p ?o }" if media_type in GRAPH_TYPES else "SELECT *"
    text = f"{form} {{ ?s ?p ?o FILTER(STRSTARTS(?o, 'word')) }} LIMIT {rows}"
    results, graphs = (None, media_type) if media_type in GRAPH_TYPES else (media_type, None)
    with readers.query(text, results=results, graphs=graphs) as answer:
        assert answer.is_whole
        assert answer.rows == rows


@pytest.mark.parametrize("media_type", RESULT_TYPES)
def test_rows_without_values_are_rows(readers, media_type):
    text = "SELECT ?x { { } UNION { VALUES ?x { 1 2 } } UNION { ?x <http://x/p> 'word 7' } UNION { } UNION { } }"
    with readers.query(text, results=media_type, graphs=None) as answer:
        assert answer.rows == 6


@pytest.mark.parametrize("media_type", [*RESULT_TYPES, *GRAPH_TYPES])
def test_too_many_rows(directory, media_type):
    form = "CONSTRUCT" if media_type in GRAPH_TYPES else "SELECT *"
    results, graphs = (None, media_type) if media_type in GRAPH_TYPES else (media_type, None)
    with Readers(directory, size=1, timeout=5, limits=Limits(max_rows=10)) as readers:
        with readers.query(f"{form} WHERE {{ ?s ?p ?o }} LIMIT 10", results=results, graphs=graphs) as answer:
            assert answer.rows == 10
        with pytest.raises(QueryRowsError, match="more than 10 rows"):
            readers.query(f"{form} WHERE {{ ?s ?p ?o }} LIMIT 11", results=results, graphs=graphs)
        text = f"{form} WHERE {{ ?s ?p ?o }} LIMIT 11"
        with readers.query(text, results=results, graphs=graphs, all_rows=True) as answer:
            assert answer.rows == 11
        # The reader lives on.
        assert readers.started == 1


def test_all_graphs_as_default_graph_where_the_index_has_no_union(directory):
    text = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    with Readers(directory, size=1, timeout=5, limits=Limits(), has_union=False) as readers:
        with readers.query(text, results=CSV, graphs=None, union=True) as answer:
            assert b"".join(answer).split()[1] == str(2 * WORDS + 4).encode()
        with readers.query(text, results=CSV, graphs=None) as answer:
            assert b"".join(answer).split()[1] == str(WORDS + 1).encode()
