"""`kg`: the verbs. What they raise becomes an exit status in `kg.__main__`."""

from __future__ import annotations

import dataclasses
import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from enum import StrEnum
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from kg import terminal
from kg.asking import QueryFormat, answer_query, open_asked
from kg.backup import back_up
from kg.backup import restore as restore_backup
from kg.curator import Curator
from kg.errors import SettingError
from kg.fetch import MEMORY_FILE, Memory, Settling
from kg.gathering import Gathering, documents_of
from kg.ingester import Ingester
from kg.keeper import Keeper, Kept
from kg.pipeline import Pipeline, Read, Understood
from kg.settings import Settings
from kg.sources import SUFFIXES
from kg.tending import Tending
from kg.triples import RdfFormat, write_graphs
from kg.types import Document, Outcome, Refusal
from kg.validation import validate_paths
from kg.verbs.endpoint import open_endpoint, tell_indexed
from kg.verbs.export import export
from kg.verbs.mcp import mcp
from kg.verbs.options import DataOption, settings_for
from kg.verbs.stopped import Stopped
from kg.verbs.watch import watch
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
    list[str] | None,
    typer.Argument(
        metavar="PATH",
        help=f"Files or folders of {', '.join(SUFFIXES)}; - for standard input; addresses of feeds and pages.",
        show_default=False,
    ),
]
_Urls = Annotated[str | None, typer.Option(help="A file of addresses to fetch, one a line; - for standard input.")]
_Published = Annotated[
    str | None, typer.Option(help="Publication date (YYYY-MM-DD) of articles that do not say theirs.")
]
_Url = Annotated[str | None, typer.Option(help="Address of an article that does not say its own.")]
_Columns = Annotated[
    str | None, typer.Option(help="Columns of a table where their names do not tell: title=Headline,text=Body.")
]


app.command()(export)
app.command()(mcp)
app.command()(watch)


class ExtractFormat(StrEnum):
    """How `kg extract` writes what it finds."""

    TRIG = "trig"
    TURTLE = "turtle"
    NQUADS = "nquads"
    JSONLD = "jsonld"
    JSON = "json"


@app.command()
def ingest(
    paths: _Paths = None,
    data: DataOption = None,
    published: _Published = None,
    url: _Url = None,
    columns: _Columns = None,
    urls: _Urls = None,
    again: Annotated[
        bool, typer.Option("--again", help="Fetch also what has not changed since it was stored.")
    ] = False,
) -> None:
    """Read articles, check what they say, and store what conforms.

    What was stored before and says the same is left as it is; what says something else is replaced.
    """
    settings = settings_for(data)
    gathering = _gathering(paths, urls, settings, published, url, columns)
    settling, refused = Settling(), 0
    with terminal.progress("Opening the data directory") as step, ExitStack() as stack:
        keeper = stack.enter_context(_open_keeper(settings, step))
        memory = None
        if gathering.fetches:
            memory = stack.enter_context(Memory.open(settings.data / MEMORY_FILE, keeper.lineage))
        try:
            documents = _counted(settling.documents(gathering.find(memory, again=again)), step)
            for outcome in settling.settle(Pipeline(settings).ingest(documents, keeper)):
                if outcome.refusal is not None:
                    refused += 1
                    terminal.tell_refusal(outcome.refusal)
            keeper.pack()
        finally:
            terminal.tell(_summary(keeper.kept, refused, settling.unchanged, settings.data))
    raise typer.Exit(1 if refused else 0)


@app.command()
def extract(
    paths: _Paths = None,
    format: Annotated[ExtractFormat, typer.Option(help="What to write to standard output.")] = ExtractFormat.TRIG,
    published: _Published = None,
    url: _Url = None,
    columns: _Columns = None,
    urls: _Urls = None,
) -> None:
    """Write what articles say, checked, and store nothing."""
    settings = settings_for(None)
    gathering = _gathering(paths, urls, settings, published, url, columns)
    documents = documents_of(gathering.find())
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
    with open_endpoint(endpoint, settings) as asked, answer_query(asked, text, format) as answer:
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
        held = restore_backup(settings, file, terminal.tell, tell_indexed(step))
    terminal.tell(f"{settings.data} is restored and holds {terminal.count(held, 'article')}.")


@app.command()
def rebuild(data: DataOption = None) -> None:
    """Make the index anew from the journal."""
    settings = settings_for(data)
    with terminal.progress("Opening the data directory") as step, _open_keeper(settings, step, create=False) as keeper:
        held = keeper.rebuild(tell_indexed(step))
    terminal.tell(f"The index of {settings.data} holds {terminal.count(held, 'article')}.")


def _open_keeper(settings: Settings, step: Callable[[str], None], *, create: bool = True) -> Keeper:
    return Keeper.open(settings, tell_indexed(step), create=create)


def _gathering(
    paths: list[str] | None,
    urls: str | None,
    settings: Settings,
    published: str | None,
    url: str | None,
    columns: str | None,
) -> Gathering:
    """What the options of a verb name."""
    stdin = _stdin(paths, urls)
    return Gathering.of(paths or [], urls, settings, stdin, published=published, url=url, columns=columns)


def _stdin(paths: list[str] | None, urls: str | None = None) -> BinaryIO:
    """Standard input where `paths` or `urls` ask for it: it may be closed."""
    return sys.stdin.buffer if "-" in (*(paths or ()), urls) and sys.stdin else io.BytesIO()


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


def _summary(kept: Kept, refused: int, not_fetched: int, data: Path) -> str:
    parts = {"new": kept.new, "replaced": kept.replaced, "unchanged": kept.unchanged}
    named = ", ".join(f"{number} {name}" for name, number in parts.items() if number)
    stored = f"{kept.stored} stored ({named})" if named else "0 stored"
    as_before = f", {not_fetched} as when last fetched" if not_fetched else ""
    return f"{stored}, {refused} refused{as_before}; {data} holds {terminal.count(kept.total, 'article')}."


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
