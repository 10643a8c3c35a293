"""The page of R: its code gives what it shows, the report says what the graph says, and errors are told.

Where R or one of the packages is not installed, the tests are skipped; `.ci/r` installs them.
"""

from __future__ import annotations

import base64
import html
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

from docs.pages import ROOT, read
from kg.resources import resource
from kg.vocab import CATEGORIES, FACTUALITIES, PREFIXES, STANCES
from serving import Serving, serving

PAGE = read("docs/r.md")
SHOWN = re.findall(r"^```r\n(.*?)^```\n\n```text\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
QUERIES = sorted(resource("data", "queries").glob("*.rq"))
KG = PREFIXES["kg"]
HERE = "http://localhost:8000/"
NEEDED = ("httr2", "jsonlite", "ggplot2", "rmarkdown")


def run_r(code: str, folder: Path | None = None, locale: str = "C.UTF-8") -> str:
    """What R prints, which goes on after an error."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "R_"))}
    start = 'options(width = 110, error = expression(NULL)); sink(stdout(), type = "message")\n'
    done = subprocess.run(
        ["Rscript", "-"],
        input=start + code,
        cwd=folder,
        env={**clean, "LC_ALL": locale},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return done.stdout + done.stderr


def find_missing() -> list[str]:
    missing = [name for name in ("Rscript", "pandoc") if shutil.which(name) is None]
    if "Rscript" in missing:
        return missing
    packages = ", ".join(f'"{name}"' for name in NEEDED)
    code = f"cat(Filter(function(name) system.file(package = name) == '', c({packages})))"
    return missing + run_r(code).split()


MISSING = find_missing()
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}; see .ci/r")


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """What `make demo` serves, with narrow limits."""
    data = tmp_path_factory.mktemp("r") / "data"
    command = [sys.executable, "-m", "kg", "ingest", str(resource("data", "samples")), "--data", str(data)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = int(found.getsockname()[1])
    with serving(data, port, write_token="", max_rows="20000", query_timeout="2") as service:
        yield service


def ask_r(service: Serving, code: str, folder: Path, **options: str) -> Any:
    """What `code`, an R expression, gives, as JSON; `endpoint` is that of the service."""
    out = folder / "out.json"
    printed = run_r(
        f"""
source("{service.address}/static/kg.R")
endpoint <- "{service.address}/sparql"
text <- function(table) lapply(table, as.character)
value <- {{ {code} }}
writeLines(enc2utf8(jsonlite::toJSON(value, na = "null", digits = NA)), "{out}", useBytes = TRUE)
""",
        folder,
        **options,
    )
    assert out.exists(), printed
    return json.loads(out.read_text("utf-8"))


def ask_python(service: Serving, query: str) -> list[list[str | None]]:
    """The columns of an answer, asked for without R."""
    answer = service.client.post("/sparql", data={"query": query}, headers={"Accept": "application/json"}).json()
    rows = answer["results"]["bindings"]
    return [[row.get(name, {}).get("value") for row in rows] for name in answer["head"]["vars"]]


def test_the_page_shows_what_its_code_gives(service: Serving, tmp_path: Path) -> None:
    assert len(SHOWN) == PAGE.count("```r\n") == PAGE.count("```text\n") > 3
    code = "\n".join(f'cat("=== block\\n")\n{block}' for block, _ in SHOWN)
    real = run_r(code.replace(HERE, f"{service.address}/"), tmp_path).replace(
        f"{service.address}/sparql", f"{HERE}sparql"
    )
    plain = re.sub(r" +$", "", real, flags=re.MULTILINE)
    assert plain.split("=== block\n")[1:] == [shown for _, shown in SHOWN]


def test_r_reads_the_example_queries_as_python_does(service: Serving, tmp_path: Path) -> None:
    texts = [path.read_text("utf-8") for path in QUERIES]
    (tmp_path / "queries.json").write_text(json.dumps(texts), "utf-8")
    code = 'lapply(jsonlite::read_json("queries.json"), function(query) text(kg_query(endpoint, query)))'
    tables = ask_r(service, code, tmp_path)
    assert len(tables) == len(texts) == 10
    for table, query in zip(tables, texts, strict=True):
        expected = ask_python(service, query)
        assert sorted(map(str, zip(*table.values(), strict=True))) == sorted(map(str, zip(*expected, strict=True)))


COLUMNS: tuple[tuple[str, str, list[str | None]], ...] = (
    ("1 -2", "integer", ["1", "-2"]),
    ('"7"^^xsd:nonNegativeInteger UNDEF', "integer", ["7", None]),
    ("12345678901", "numeric", ["12345678901"]),
    ("123456789012345678", "character", ["123456789012345678"]),
    ('1 2.5 "INF"^^xsd:double', "numeric", ["1", "2.5", "Inf"]),
    ('"NaN"^^xsd:double UNDEF 1e3', "numeric", ["NaN", None, "1000"]),
    ('true false "1"^^xsd:boolean', "logical", ["TRUE", "FALSE", "TRUE"]),
    ('"2024-02-29"^^xsd:date "2024-03-01Z"^^xsd:date', "Date", ["2024-02-29", "2024-03-01"]),
    ('"2024-02-30"^^xsd:date', "character", ["2024-02-30"]),
    ('"2024-02-29"^^xsd:date "2024-03"^^xsd:gYearMonth', "character", ["2024-02-29", "2024-03"]),
    ('"2024-01-04T23:30:00-02:00"^^xsd:dateTime', "POSIXct", ["2024-01-05 01:30:00"]),
    ('"2024-01-04T23:30:00"^^xsd:dateTime', "POSIXct", ["2024-01-04 23:30:00"]),
    ('"NA" UNDEF', "character", ["NA", None]),
    ('"many"^^xsd:integer', "character", ["many"]),
    ('1 "1"', "character", ["1", "1"]),
    ("UNDEF", "logical", [None]),
    ('kg:State "Côte d\'Ivoire" "国"@zh', "character", [f"{KG}State", "Côte d'Ivoire", "国"]),
    (r'"a \"b\" \\ c\n"', "character", ['a "b" \\ c\n']),
)


@pytest.mark.parametrize("locale", ["C.UTF-8", "C"])
def test_a_column_has_the_type_of_its_values(service: Serving, tmp_path: Path, locale: str) -> None:
    queries = [f"SELECT ?x {{ VALUES ?x {{ {values} }} }}" for values, _, _ in COLUMNS]
    (tmp_path / "queries.json").write_text(json.dumps(queries), "utf-8")
    code = """lapply(jsonlite::read_json("queries.json"), function(query) {
  table <- kg_query(endpoint, query)
  list(class(table$x)[1], as.character(table$x))
})"""
    found = [(kind, text) for (kind,), text in ask_r(service, code, tmp_path, locale=locale)]
    assert found == [(kind, text) for _, kind, text in COLUMNS]


def test_answers_without_rows_or_columns(service: Serving, tmp_path: Path) -> None:
    code = """list(
  dim(kg_query(endpoint, "SELECT ?a ?b { ?a <x:none> ?b }")), dim(kg_query(endpoint, "SELECT * {}")),
  kg_query(endpoint, "ASK {}"), kg_query(endpoint, "ASK { ?a <x:none> ?b }"))"""
    assert ask_r(service, code, tmp_path) == [[0, 2], [1, 0], [True], [False]]


def test_any_text_can_be_a_literal(service: Serving, tmp_path: Path) -> None:
    code = r"""
texts <- c("O'Brien", "a \"b\" \\ c\r\n\t", "Jos\u00e9", "\\u0041", "%s")
asked <- lapply(texts, function(text) kg_query(endpoint, paste("SELECT (", kg_literal(text), "AS ?x) {}"))$x)
list(identical(unlist(asked), texts), nrow(kg_statements(endpoint, speaker = texts)))"""
    assert ask_r(service, code, tmp_path) == [[True], [0]]


RANDOM = f"SELECT (CONCAT({', '.join(['STR(UUID())'] * 8)}) AS ?x) {{ ?a ?b ?c . ?d ?e ?f }}"
ERRORS: tuple[tuple[str, int | None, str], ...] = (
    ('kg_query(endpoint, "SELECT ?x {")', 400, "line 1, column 12"),
    ('kg_query(endpoint, "CONSTRUCT WHERE { ?a ?b ?c }")', 406, "gives a graph"),
    ('kg_query(endpoint, "SELECT * { SERVICE <http://x/> { ?a ?b ?c } }")', 403, "SERVICE"),
    ('kg_query(endpoint, "SELECT ?a { ?a ?b ?c . ?d ?e ?f }")', 403, "more than 20000 rows"),
    (
        'kg_query(endpoint, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")',
        504,
        "past its 2 s",
    ),
    (f"kg_query(endpoint, '{RANDOM}')", None, "no whole answer from"),
    ('kg_query(endpoint, "SELECT (TRIPLE(<x:a>, <x:b>, 1) AS ?t) {}")', None, "?t is a triple"),
    ('kg_query(sub("sparql", "none", endpoint), "ASK {}")', 404, "none answers 404"),
    ('kg_query(sub("sparql", "static/kg.R", endpoint), "ASK {}")', 405, "answers 405"),
    ('kg_query("http://127.0.0.1:9/", "ASK {}")', None, "no whole answer from http://127.0.0.1:9/"),
    ('kg_events(endpoint, actor = "North Korea")', None, 'as "USA", not "North Korea"'),
    ('kg_events(endpoint, since = "2024")', None, 'not "2024"'),
    ('kg_events(endpoint, category = c("AID", "aid"))', None, '"aid" is none of AGREE, CONSULT,'),
    ('kg_events(endpoint, factuality = "real")', None, '"real" is none of actual, '),
    ('kg_statements(endpoint, stance = "says")', None, '"says" is none of states, announces,'),
    ("kg_statements(endpoint, speaker = 3)", None, "texts are expected, not 3"),
    ("kg_statements(endpoint, stance = character())", None, "texts are expected, not character(0)"),
)


def test_errors_say_what_is_wrong(service: Serving, tmp_path: Path) -> None:
    calls = ",\n".join(f"caught({call})" for call, _, _ in ERRORS)
    code = f"""
caught <- function(call) tryCatch({{ call; "no error" }}, kg_error = function(e) list(e$status, conditionMessage(e)))
list({calls})"""
    found = ask_r(service, code, tmp_path)
    for (call, status, words), ((real,), (message,)) in zip(ERRORS, found, strict=True):
        assert (real, words in message) == (status, True), (call, message)


class Other(BaseHTTPRequestHandler):
    """Endpoints that are not ours: `/busy` is so twice, `/always` for ever, `/page` is none."""

    asked: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.asked.append(self.path)
        is_busy = self.path == "/always" or (self.path == "/busy" and self.asked.count("/busy") < 3)
        body = b"later" if is_busy else b'{"head": {}, "boolean": true}'
        self.send_response(503 if is_busy else 200)
        for name, value in {
            "Content-Type": "text/plain" if is_busy else "text/html" if self.path == "/page" else "application/json",
            "Content-Length": str(len(body)),
            "Retry-After": "0",
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


def test_the_busy_are_asked_again(service: Serving, tmp_path: Path) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Other) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        code = f"""
ask <- function(path) tryCatch(
  kg_query(paste0("http://127.0.0.1:{other.server_port}/", path), "ASK {{}}"), kg_error = conditionMessage
)
list(ask("busy"), ask("always"), ask("page"))"""
        (busy,), (always,), (page,) = ask_r(service, code, tmp_path)
        other.shutdown()
    assert busy is True
    assert always.endswith("/always answers 503: later")
    assert page.endswith("/page is no SPARQL endpoint: it answers with text/html")
    assert Other.asked == ["/busy"] * 3 + ["/always"] * 3 + ["/page"]


def count(service: Serving, pattern: str) -> int:
    ((number,),) = ask_python(service, f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ {pattern} }}")
    return int(number or 0)


FILTERS = {
    "kg_events(endpoint)": "?x a kg:Event",
    'kg_events(endpoint, actor = c("PRK", "USA"))': '?x kg:actorState/kg:iso3 ?y VALUES ?y { "PRK" "USA" }',
    'kg_events(endpoint, recipient = "RUS", factuality = "actual")': "?x kg:factuality factuality:actual ; "
    'kg:recipientState/kg:iso3 "RUS"',
    'kg_events(endpoint, category = c("AID", "ACCUSE"))': "?x a kg:Event ; kg:category ?y "
    "VALUES ?y { plover:AID plover:ACCUSE }",
    'kg_events(endpoint, since = "2023-11-20", until = as.Date("2024-01-09"))': "?x a kg:Event ; kg:date ?date "
    'FILTER (STR(?date) IN ("2023-11", "2024-01-04", "2024-01-09"))',
    'kg_events(endpoint, until = "2018-05-01")': '?x a kg:Event ; kg:date ?date FILTER (STR(?date) = "2018")',
    'kg_events(endpoint, since = "2018-12-31", until = "2018-12-31")': '?x kg:date ?date FILTER (STR(?date) = "2018")',
    "kg_statements(endpoint)": "?x a kg:Statement",
    'kg_statements(endpoint, speaker = "jake SULLIVAN")': '?x kg:speaker/rdfs:label "Jake Sullivan"',
    'kg_statements(endpoint, stance = c("denies", "accuses"), since = "2024-01-05")': "?x kg:stance stance:denies",
}


def test_events_and_statements_are_those_of_the_graph(service: Serving, tmp_path: Path) -> None:
    code = f"list({', '.join(f'unique({call}[[1]])' for call in FILTERS)})"
    found = ask_r(service, code, tmp_path)
    assert [len(iris) for iris in found] == [count(service, pattern) for pattern in FILTERS.values()]
    assert all(len(iris) > 0 for iris in found)


def test_r_knows_the_terms_of_the_ontology(service: Serving, tmp_path: Path) -> None:
    found = ask_r(service, "list(.kg_categories, .kg_factualities, .kg_stances)", tmp_path)
    assert list(map(tuple, found)) == [CATEGORIES, FACTUALITIES, STANCES]


def test_tables_have_the_same_columns_whatever_is_in_them(service: Serving, tmp_path: Path) -> None:
    code = """
kinds <- function(table) vapply(table, function(column) class(column)[1], "")
list(identical(kinds(kg_events(endpoint)), kinds(kg_events(endpoint, since = "2099-01-01"))),
     identical(kinds(kg_statements(endpoint)), kinds(kg_statements(endpoint, since = "2099-01-01"))),
     text(kg_events(endpoint)[c("event", "sentence", "day", "date")]))"""
    *same, table = ask_r(service, code, tmp_path)
    assert same == [[True], [True]]
    events, sentences = ask_python(service, "SELECT ?x ?y { ?x a kg:Event ; kg:evidence/oa:exact ?y }")
    assert sorted(zip(table["event"], table["sentence"], strict=True)) == sorted(zip(events, sentences, strict=True))
    for date, day in zip(table["date"], table["day"], strict=True):
        assert day == (date if date and len(date) == 10 else None)


DYADS = """
SELECT ?actor ?recipient (COUNT(DISTINCT ?x) AS ?n) {
  { ?x kg:actorState ?a ; kg:recipientState ?b }
  UNION { ?x kg:actorState ?a, ?b FILTER NOT EXISTS { ?x kg:recipient ?y } FILTER EXISTS {
    ?x kg:category ?c FILTER (?c IN (plover:CONSULT, plover:COOPERATE)) } }
  ?x kg:factuality factuality:actual . ?a kg:iso3 ?i ; rdfs:label ?actor . ?b kg:iso3 ?j ; rdfs:label ?recipient
  FILTER (?i != ?j)
} GROUP BY ?actor ?recipient"""


@pytest.fixture(scope="module")
def report(service: Serving, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The report on the sample article, in HTML."""
    folder = tmp_path_factory.mktemp("report")
    shutil.copy(ROOT / "docs" / "r" / "dyads.Rmd", folder)
    code = f'rmarkdown::render("dyads.Rmd", params = list(service = "{service.address}/"), quiet = TRUE)'
    printed = run_r(code, folder)
    assert (folder / "dyads.html").exists(), printed
    return (folder / "dyads.html").read_text("utf-8")


def test_the_report_counts_as_the_graph_does(service: Serving, report: str) -> None:
    rows = re.findall(r"<tr[^>]*>\s*<td[^>]*>([^<]*→[^<]*)</td>\s*<td[^>]*>(\d+)</td>\s*<td[^>]*>(\d+)</td>", report)
    found = {tuple(html.unescape(dyad).split(" → ")): int(bad) + int(good) for dyad, bad, good in rows}
    expected = {
        (actor, recipient): int(n or 0) for actor, recipient, n in zip(*ask_python(service, DYADS), strict=True)
    }
    assert found == expected
    assert len(found) > 10


def test_the_report_draws_a_plot_and_shows_the_sentences(service: Serving, report: str) -> None:
    (plot,) = re.findall(r'<img[^>]*src="data:image/png;base64,([^"]+)"', report)
    png = base64.b64decode(plot)
    width, height = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
    assert (png[:8], width, height > 600, len(png) > 20_000) == (b"\x89PNG\r\n\x1a\n", 1600, True, True)
    linked = set(re.findall(r'<td[^>]*><a href="([^"]+/event/[^"]+)"', report))
    attacks = '?x kg:actorState/kg:iso3 "RUS" ; kg:recipientState/kg:iso3 "UKR" ; kg:factuality factuality:actual'
    (expected,) = ask_python(service, f"SELECT ?x {{ {attacks} }}")
    assert linked == set(expected)
    assert "Moscow’s use of these missiles" in report or "Moscow&#39;s use of these missiles" in report


def test_a_report_on_nothing_says_so(service: Serving, tmp_path: Path) -> None:
    text = (ROOT / "docs" / "r" / "dyads.Rmd").read_text("utf-8")
    (tmp_path / "dyads.Rmd").write_text(text.replace("factuality:actual", "<x:none>"), "utf-8")
    run_r(f'rmarkdown::render("dyads.Rmd", params = list(service = "{service.address}/"), quiet = TRUE)', tmp_path)
    assert "No article here tells of" in (tmp_path / "dyads.html").read_text("utf-8")
