"""`kg`: the verbs. The only file that prints. Exit status: 0 all well, 1 some articles refused, 2 cannot go on."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
import uvicorn
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from kg import iris
from kg.asking import Asked, QueryFormat, answer_query, open_asked, open_current
from kg.errors import KgError, SettingError
from kg.index.remote import RemoteIndex
from kg.journal import FILE, Journal
from kg.keeper import Keeper, fixed_graphs
from kg.pipeline import Ingester, Pipeline, Understood, validate_paths
from kg.settings import Settings, load_settings
from kg.sources import find_documents
from kg.triples import RdfFormat, write_graphs
from kg.types import Document, Hints, Outcome, Refusal
from kg.web import create_app

app = typer.Typer(
    help="Political news in, a checked RDF graph out: states, officials, statements and events, each with its words.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
_out = Console(soft_wrap=True, highlight=False)
_err = Console(stderr=True, soft_wrap=True, highlight=False)

_Paths = Annotated[
    list[str], typer.Argument(help="Files or folders of .txt, .html, .json, .jsonl; - for standard input.")
]
_Data = Annotated[Path | None, typer.Option("--data", help="Data directory.  [default: KG_DATA, else kg-data]")]
_Published = Annotated[
    str | None, typer.Option(help="Publication date (YYYY-MM-DD) of articles that do not say theirs.")
]
_Url = Annotated[str | None, typer.Option(help="Address of an article that does not say its own.")]


class ExtractFormat(StrEnum):
    """How `kg extract` writes what it finds."""

    TRIG = "trig"
    TURTLE = "turtle"
    NQUADS = "nquads"
    JSONLD = "jsonld"
    JSON = "json"


def main() -> None:
    """Run `kg`; an error raised on purpose is one line on standard error and exit status 2."""
    try:
        app()
    except KgError as error:
        _err.print(f"kg: {error}", style="red", markup=False)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)


@app.command()
def ingest(paths: _Paths, data: _Data = None, published: _Published = None, url: _Url = None) -> None:
    """Read articles, check what they say, and store what conforms."""
    settings = _settings(data)
    documents = _documents(paths, settings, published, url)
    pipeline = Pipeline(settings)
    refusals: list[Refusal] = []
    stored = 0
    with (
        _progress("Opening the data directory") as step,
        Keeper.open(settings, lambda n: step(f"Indexing {n} articles")) as keeper,
    ):
        for outcome in pipeline.ingest(documents, keeper):
            stored += outcome.refusal is None
            refusals += [outcome.refusal] if outcome.refusal is not None else []
            step(f"{stored} stored, {len(refusals)} refused: {outcome.name}")
        total = keeper.articles
    _report_refusals(refusals)
    _err.print(f"{stored} stored, {len(refusals)} refused; {settings.data} holds {total} articles.", markup=False)
    raise typer.Exit(1 if refusals else 0)


@app.command()
def extract(
    paths: _Paths,
    format: Annotated[ExtractFormat, typer.Option(help="What to write to standard output.")] = ExtractFormat.TRIG,
    published: _Published = None,
    url: _Url = None,
) -> None:
    """Write what articles say to standard output, checked, storing nothing."""
    settings = _settings(None)
    pipeline = Pipeline(settings)
    refusals: list[Refusal] = []
    read = _accepted(pipeline.read(_documents(paths, settings, published, url)), refusals)
    if format is ExtractFormat.JSON:
        _write(_json_lines(one for one, _ in read))
    else:
        graphs = ((outcome.article_iri or "", outcome.graph or b"") for _, outcome in read)
        _write(write_graphs(graphs, RdfFormat(format.value)))
    _report_refusals(refusals)
    raise typer.Exit(1 if refusals else 0)


@app.command()
def validate(
    files: Annotated[
        list[str], typer.Argument(help="RDF files by suffix (.ttl, .nt, .nq, .trig, .jsonld, .rdf), or articles.")
    ],
) -> None:
    """Check RDF files, or the graphs of articles, against the SHACL shapes."""
    settings = _settings(None)
    bad = 0
    for name, report in validate_paths(files, settings):
        if report.conforms:
            _out.print(f"{name}: conforms", markup=False)
            continue
        bad += 1
        _out.print(f"{name}: {len(report.violations)} violations", markup=False)
        for violation in report.violations:
            where = f"{violation.focus}" + (f" {violation.path}" if violation.path else "")
            _out.print(f"  {violation.message}  {where}", markup=False)
    raise typer.Exit(1 if bad else 0)


@app.command()
def query(
    sparql: Annotated[str, typer.Argument(help="A SPARQL query, a file that holds one, or - for standard input.")],
    data: _Data = None,
    endpoint: Annotated[str | None, typer.Option(help="Ask the SPARQL endpoint at this address instead.")] = None,
    format: Annotated[QueryFormat, typer.Option(help="How to write the answer.")] = QueryFormat.TABLE,
) -> None:
    """Ask a question in SPARQL."""
    settings = _settings(data)
    text = _query_text(sparql)
    with _open_endpoint(endpoint, settings) as asked, answer_query(asked, text, format) as answer:
        if format is QueryFormat.TABLE and answer.kind != "graph":
            _print_results(json.loads(b"".join(answer)))
        else:
            _write(answer)


@app.command()
def export(
    data: _Data = None,
    format: Annotated[RdfFormat, typer.Option(help="What to write to standard output.")] = RdfFormat.NQUADS,
    article: Annotated[list[str] | None, typer.Option(help="Only this article, by IRI or ID; may be repeated.")] = None,
    reference: Annotated[bool, typer.Option(help="Also the reference graph and the vocabularies.")] = False,
) -> None:
    """Write the stored graphs, all or some, to standard output."""
    settings = _settings(data)
    if not (settings.data / FILE).exists():
        raise SettingError(f"{settings.data} holds no articles; run `kg ingest PATH --data {settings.data}` first")
    with Journal.open(settings.data, base_iri=settings.base_iri, write=False) as journal:
        graphs = _stored(journal, settings, article)
        fixed = [(graph.iri, graph.triples) for graph in fixed_graphs(settings.base_iri)] if reference else []
        _write(write_graphs(itertools.chain(graphs, fixed), format))


@app.command()
def serve(
    data: _Data = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8000,
) -> None:
    """Serve the graph: pages for people, SPARQL, linked data, and an address to post articles to."""
    settings = _settings(data)
    with _progress("Opening the data directory") as step:
        keeper = Keeper.open(settings, lambda n: step(f"Indexing {n} articles"))
    with keeper, open_asked(settings) as asked:
        writer = Ingester(Pipeline(settings), keeper) if settings.write_token else None
        _err.print(f"Serving {keeper.articles} articles at http://{host}:{port}/ (Ctrl-C stops)", markup=False)
        uvicorn.run(create_app(settings, asked, writer), host=host, port=port, log_level="warning", access_log=False)


@app.command()
def rebuild(data: _Data = None) -> None:
    """Make the index anew from the journal."""
    settings = _settings(data)
    with _progress("Opening the data directory") as step, Keeper.open(settings) as keeper:
        count = keeper.rebuild(lambda n: step(f"{n} articles"))
    _err.print(f"The index of {settings.data} holds {count} articles.", markup=False)


def _settings(data: Path | None) -> Settings:
    """The settings of this process, with the data directory that an option gives."""
    settings = load_settings()
    return settings if data is None else settings.model_copy(update={"data": data})


def _documents(
    paths: list[str], settings: Settings, published: str | None, url: str | None
) -> Iterator[Document | Refusal]:
    try:
        date = dt.date.fromisoformat(published) if published else None
    except ValueError as error:
        raise SettingError(f"--published {published}: write the date as YYYY-MM-DD") from error
    return find_documents(paths, Hints(url, date), int(settings.max_body_mb * 1_000_000), sys.stdin.buffer)


def _accepted(
    read: Iterable[tuple[Understood | None, Outcome]], refusals: list[Refusal]
) -> Iterator[tuple[Understood, Outcome]]:
    """What was read well; the refusals of the rest are added to `refusals`."""
    for one, outcome in read:
        if outcome.refusal is not None:
            refusals.append(outcome.refusal)
        elif one is not None:
            yield one, outcome


def _report_refusals(refusals: list[Refusal]) -> None:
    for refusal in refusals:
        _err.print(f"{refusal.name}: not stored ({refusal.stage}): {refusal.reason}", markup=False)


def _json_lines(read: Iterable[Understood]) -> Iterator[bytes]:
    """One JSON object per article: the article and its facts, as in `kg.types`."""
    for one in read:
        value = {"article": dataclasses.asdict(one.article), "facts": dataclasses.asdict(one.facts)}
        yield json.dumps(value, ensure_ascii=False, default=str).encode() + b"\n"


def _write(chunks: Iterable[bytes]) -> None:
    for chunk in chunks:
        sys.stdout.buffer.write(chunk)
    sys.stdout.buffer.flush()


def _query_text(argument: str) -> str:
    """The query itself, or what the file or standard input it names holds."""
    if argument == "-":
        return sys.stdin.read()
    path = Path(argument)
    if len(argument) < 4096 and "\n" not in argument and path.suffix in {".rq", ".sparql"}:
        try:
            return path.read_text("utf-8")
        except OSError as error:
            raise SettingError(f"cannot read the query file {path}: {error.strerror}") from error
    return argument


@contextmanager
def _open_endpoint(endpoint: str | None, settings: Settings) -> Iterator[Asked]:
    if endpoint is not None:
        yield RemoteIndex.connect(endpoint, timeout=settings.query_timeout)
        return
    with open_current(settings) as asked:
        yield asked


def _print_results(results: Any) -> None:
    """SPARQL 1.1 results in JSON as a table: https://www.w3.org/TR/sparql11-results-json/."""
    if "boolean" in results:
        _out.print("yes" if results["boolean"] else "no")
        return
    names: list[str] = results["head"]["vars"]
    rows = [[binding.get(name, {}).get("value", "") for name in names] for binding in results["results"]["bindings"]]
    table = Table(*names, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*map(escape, row))
    # A pipe has no width: there, each row is one line.
    width = sum(max(map(len, column)) + 2 for column in zip(names, *rows, strict=True))
    (_out if _out.is_terminal else Console(width=width)).print(table)
    _err.print(f"{len(rows)} rows", markup=False)


def _stored(journal: Journal, settings: Settings, articles: list[str] | None) -> Iterator[tuple[str, bytes]]:
    """IRI and graph of the stored articles, all or those named."""
    if not articles:
        yield from ((iri, graph) for _, iri, graph in journal.since(0))
        return
    for name in articles:
        iri = name if "/" in name else settings.base_iri + iris.article(name)
        entry = journal.get(iri)
        if entry is None:
            raise SettingError(f"no article {iri} in {settings.data}")
        yield entry.article, entry.graph


@contextmanager
def _progress(first: str) -> Iterator[Callable[[str], None]]:
    """A line on a terminal's standard error that says how far work has come; nothing elsewhere."""
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=_err, transient=True, disable=not _err.is_terminal) as progress:
        task = progress.add_task(first, total=None)
        yield lambda text: progress.update(task, description=text)
