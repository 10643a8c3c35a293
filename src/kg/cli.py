"""`kg`: the verbs. What they raise becomes an exit status in `kg.__main__`."""

from __future__ import annotations

import dataclasses
import datetime as dt
import importlib
import io
import itertools
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from kg import terminal
from kg.asking import Asked, QueryFormat, answer_query, open_asked, open_current
from kg.backup import back_up
from kg.backup import restore as restore_backup
from kg.curator import Curator
from kg.errors import SettingError
from kg.index.remote import RemoteIndex
from kg.ingester import Ingester
from kg.keeper import Keeper, Kept
from kg.pipeline import Pipeline, Read, Understood
from kg.settings import Settings
from kg.sources import SUFFIXES, find_documents, parse_columns, tidy_url
from kg.tending import Tending
from kg.triples import RdfFormat, write_graphs
from kg.types import Document, Hints, Outcome, Refusal
from kg.validation import validate_paths
from kg.verbs.export import export
from kg.verbs.options import DataOption, settings_for
from kg.web import create_app
from kg.web.access_log import AccessLog
from kg.web.server import address_of, listen, run

app = typer.Typer(
    help="Political news in, a checked RDF graph out: states, officials, statements and events, each with its words.",
    epilog="Exit status: 0 all went well; 1 some of it was refused, the rest was done; 2 it could not go on.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

_Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH",
        help=f"Files or folders of {', '.join(SUFFIXES)}; - for standard input.",
    ),
]
_Published = Annotated[
    str | None, typer.Option(help="Publication date (YYYY-MM-DD) of articles that do not say theirs.")
]
_Url = Annotated[str | None, typer.Option(help="Address of an article that does not say its own.")]
_Columns = Annotated[
    str | None, typer.Option(help="Columns of a table where their names do not tell: title=Headline,text=Body.")
]


app.command()(export)


_LATE_ROOMS = {"mcp": "kg.assistant"}
"""What takes long to import and one verb alone needs: it is imported when that verb runs."""


class ExtractFormat(StrEnum):
    """How `kg extract` writes what it finds."""

    TRIG = "trig"
    TURTLE = "turtle"
    NQUADS = "nquads"
    JSONLD = "jsonld"
    JSON = "json"


class Stopped(BaseException):
    """A signal asks the process to end; raised wherever it is just then."""

    def __init__(self, number: int) -> None:
        """Stopped by signal `number`."""
        self.number = number


@app.command()
def ingest(
    paths: _Paths,
    data: DataOption = None,
    published: _Published = None,
    url: _Url = None,
    columns: _Columns = None,
) -> None:
    """Read articles, check what they say, and store what conforms.

    What was stored before and says the same is left as it is; what says something else is replaced.
    """
    settings = settings_for(data)
    documents = _documents(paths, settings, published, url, columns)
    refused = 0
    with terminal.progress("Opening the data directory") as step, _open_keeper(settings, step) as keeper:
        try:
            for outcome in Pipeline(settings).ingest(_counted(documents, step), keeper):
                if outcome.refusal is not None:
                    refused += 1
                    terminal.tell_refusal(outcome.refusal)
            keeper.pack()
        finally:
            terminal.tell(_summary(keeper.kept, refused, settings.data))
    raise typer.Exit(1 if refused else 0)


@app.command()
def extract(
    paths: _Paths,
    format: Annotated[ExtractFormat, typer.Option(help="What to write to standard output.")] = ExtractFormat.TRIG,
    published: _Published = None,
    url: _Url = None,
    columns: _Columns = None,
) -> None:
    """Write what articles say, checked, and store nothing."""
    settings = settings_for(None)
    documents = _documents(paths, settings, published, url, columns)
    refused: list[Refusal] = []
    with terminal.progress("Starting", answering=True) as step:
        read = _conforming(Pipeline(settings).read(_counted(documents, step)), refused)
        if format is ExtractFormat.JSON:
            terminal.write(_json_lines(one for one, _ in read))
        else:
            graphs = ((outcome.article_iri or "", outcome.graph or b"") for _, outcome in read)
            terminal.write(write_graphs(graphs, RdfFormat(format.value)))
    raise typer.Exit(1 if refused else 0)


@app.command()
def validate(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE", help="RDF files (.ttl, .nt, .nq, .trig, .jsonld, .rdf, .owl), or articles."),
    ],
) -> None:
    """Check RDF files or articles against the SHACL shapes."""
    bad = 0
    for name, checked in validate_paths(files, settings_for(None), _stdin(files)):
        if isinstance(checked, Refusal):
            bad += 1
            terminal.tell(f"{name}: cannot be checked: {checked.reason}")
        else:
            bad += not checked.conforms
            terminal.write_report(name, checked)
    raise typer.Exit(1 if bad else 0)


@app.command()
def query(
    sparql: Annotated[
        str,
        typer.Argument(
            metavar="SPARQL", help="A query, a file that holds one (.rq, .sparql), or - for standard input."
        ),
    ],
    data: DataOption = None,
    endpoint: Annotated[str | None, typer.Option(help="Ask the SPARQL endpoint at this address instead.")] = None,
    format: Annotated[QueryFormat, typer.Option(help="How to write the answer.")] = QueryFormat.TABLE,
) -> None:
    """Ask a question in SPARQL."""
    settings = settings_for(data)
    text = _query_text(sparql)
    with _open_endpoint(endpoint, settings) as asked, answer_query(asked, text, format) as answer:
        if format is QueryFormat.TABLE and answer.kind != "graph":
            terminal.write_results(json.loads(b"".join(answer)))
        else:
            terminal.write(answer)


@app.command()
def serve(
    data: DataOption = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8000,
) -> None:
    """Serve pages, SPARQL and linked data over HTTP.

    Articles and graphs can be sent to it where KG_WRITE_TOKEN is set.
    """
    settings = settings_for(data)
    with listen(host, port) as listening:
        with terminal.progress("Opening the data directory") as step:
            keeper = _open_keeper(settings, step)
        with keeper, ExitStack() as stack:
            settings = settings.model_copy(update={"union_default_graph": keeper.union_default_graph})
            log = stack.enter_context(AccessLog.open(settings.access_log)) if settings.access_log else None
            queries = stack.enter_context(ExitStack())
            asked = queries.enter_context(open_asked(settings))
            curator = stack.enter_context(Curator.open(keeper, settings))
            writer = Ingester(Pipeline(settings), keeper) if settings.write_token else None
            held = terminal.count(keeper.kept.total, "article")
            service = create_app(settings, asked, writer, curator, keeping=keeper, access_log=log)
            terminal.tell(f"Serving {held} at {address_of(host, port)} (Ctrl-C stops)")
            # To be stopped is how a service ends well.
            with suppress(Stopped), Tending(keeper, terminal.tell):
                run(service, listening, queries.close, settings=settings, reopen_log=log.reopen if log else None)


@app.command()
def mcp(
    data: DataOption = None,
    endpoint: Annotated[
        str | None, typer.Option(help="Answer from the SPARQL endpoint at this address instead.")
    ] = None,
    http: Annotated[bool, typer.Option("--http", help="Serve over HTTP, not on standard input and output.")] = False,
    host: Annotated[str | None, typer.Option(help="With --http: address to listen on.  [default: 127.0.0.1]")] = None,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="With --http: port to listen on.  [default: 8001]")
    ] = None,
    allowed_host: Annotated[
        list[str] | None,
        typer.Option(help="With --http: another name by which clients may address it; may be repeated."),
    ] = None,
) -> None:
    """Give assistants the graph as tools, by the Model Context Protocol."""
    if not http and (host or port or allowed_host):
        raise SettingError("--host, --port and --allowed-host are for --http: add that, or leave them out")
    if not http and (sys.stdin is None or sys.stdout is None):
        raise SettingError("standard input or output is closed: start kg mcp from an assistant, or add --http")
    settings = settings_for(data)
    assistant = importlib.import_module(_LATE_ROOMS["mcp"])
    is_remote = endpoint is not None or settings.sparql_url is not None
    with ExitStack() as stack:
        address = host or "127.0.0.1", port or 8001
        listening = stack.enter_context(listen(*address)) if http else None
        asked = stack.enter_context(_open_endpoint(endpoint, settings, alone=False))
        graph = stack.enter_context(assistant.Graph(assistant.Source(asked, is_remote=is_remote)))
        graph.prepare()
        server = assistant.make_server(graph)
        if listening is None:
            if sys.stdin.isatty():
                terminal.tell("Waiting for an assistant on standard input (Ctrl-C stops)")
            assistant.serve_stdio(server)  # ends the process
        service = assistant.make_service(server, [address[0], *(allowed_host or [])])
        terminal.tell(f"Serving assistants at {address_of(*address)}mcp (Ctrl-C stops)")
        with suppress(Stopped):
            assistant.serve_http(service, listening)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write the copy.")],
    data: DataOption = None,
    force: Annotated[bool, typer.Option("--force", help="Replace FILE where it is there.")] = False,
) -> None:
    """Copy the journal, also while it is served and written to."""
    settings = settings_for(data)
    with terminal.progress("Copying and checking"):
        held = back_up(settings, file, replace=force)
    terminal.tell(f"{file} holds {terminal.count(held, 'article')}.")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What kg backup wrote.")],
    data: DataOption = None,
) -> None:
    """Put a backup in the place of the journal, also while it is served."""
    settings = settings_for(data)
    with terminal.progress("Checking") as step:
        held = restore_backup(settings, file, terminal.tell, _indexing(step))
    terminal.tell(f"{settings.data} is restored and holds {terminal.count(held, 'article')}.")


@app.command()
def rebuild(data: DataOption = None) -> None:
    """Make the index anew from the journal."""
    settings = settings_for(data)
    with terminal.progress("Opening the data directory") as step, _open_keeper(settings, step, create=False) as keeper:
        held = keeper.rebuild(_indexing(step))
    terminal.tell(f"The index of {settings.data} holds {terminal.count(held, 'article')}.")


def _open_keeper(settings: Settings, step: Callable[[str], None], *, create: bool = True) -> Keeper:
    return Keeper.open(settings, _indexing(step), create=create)


def _indexing(step: Callable[[str], None]) -> Callable[[int], None]:
    return lambda number: step(f"{terminal.count(number, 'article')} indexed")


def _documents(
    paths: list[str], settings: Settings, published: str | None, url: str | None, columns: str | None
) -> Iterator[Document | Refusal]:
    """What `paths` hold; what options say of it is checked first."""
    try:
        date = dt.date.fromisoformat(published) if published is not None else None
    except ValueError as error:
        raise SettingError(f"--published {published} is no date: write it as 2024-01-31") from error
    address = tidy_url(url) if url is not None else None
    if address is None and url is not None:
        raise SettingError(f"--url {url} is no address: write it as https://example.org/news/1")
    named = parse_columns(columns) if columns is not None else None
    documents = find_documents(paths, Hints(address, date), settings.max_body_bytes, _stdin(paths), named)
    return _only(documents) if address else documents


def _only(documents: Iterator[Document | Refusal]) -> Iterator[Document | Refusal]:
    """The one document there is: more cannot have one address."""
    found = list(itertools.islice(documents, 2))
    if len(found) > 1:
        raise SettingError(
            "--url is the address of one article, and there are more: name one file, or give JSON with urls"
        )
    return iter(found)


def _stdin(paths: list[str]) -> BinaryIO:
    """Standard input where `paths` ask for it: it may be closed."""
    return sys.stdin.buffer if "-" in paths and sys.stdin else io.BytesIO()


def _counted(documents: Iterable[Document | Refusal], step: Callable[[str], None]) -> Iterator[Document | Refusal]:
    for number, document in enumerate(documents, start=1):
        step(f"{terminal.count(number, 'document')} read: {document.name}")
        yield document


def _conforming(read: Iterable[Read], refused: list[Refusal]) -> Iterator[tuple[Understood, Outcome]]:
    """What conforms; the rest is told, and added to `refused`."""
    for one, outcome in read:
        if outcome.refusal is not None:
            refused.append(outcome.refusal)
            terminal.tell_refusal(outcome.refusal)
        elif one is not None:
            yield one, outcome


def _summary(kept: Kept, refused: int, data: Path) -> str:
    parts = {"new": kept.new, "replaced": kept.replaced, "unchanged": kept.unchanged}
    named = ", ".join(f"{number} {name}" for name, number in parts.items() if number)
    stored = f"{kept.stored} stored ({named})" if named else "0 stored"
    return f"{stored}, {refused} refused; {data} holds {terminal.count(kept.total, 'article')}."


def _json_lines(read: Iterable[Understood]) -> Iterator[bytes]:
    """One JSON object per article: the article and its facts, as in `kg.types`."""
    for one in read:
        value = {"article": dataclasses.asdict(one.article), "facts": dataclasses.asdict(one.facts)}
        yield json.dumps(value, ensure_ascii=False, default=str).encode() + b"\n"


def _query_text(argument: str) -> str:
    """The query itself, or what the file or standard input it names holds."""
    path = Path(argument)
    try:
        if argument == "-":
            return _stdin([argument]).read().decode("utf-8")
        if "\n" not in argument and path.suffix in {".rq", ".sparql"}:
            return path.read_text("utf-8")
    except OSError as error:
        raise SettingError(f"cannot read the query file {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SettingError(f"cannot read the query {path}: it is not in UTF-8") from error
    return argument


@contextmanager
def _open_endpoint(endpoint: str | None, settings: Settings, *, alone: bool = True) -> Iterator[Asked]:
    """What answers queries: the endpoint, else the data directory, `alone` one query at a time."""
    if endpoint is not None:
        yield RemoteIndex.connect(endpoint, timeout=settings.query_timeout)
        return
    with ExitStack() as stack:
        with terminal.progress("Opening the data directory") as step:
            asked = stack.enter_context(open_current(settings, terminal.tell, _indexing(step), alone=alone))
        yield asked
