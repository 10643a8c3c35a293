"""Files against the shapes: RDF of any origin, and the graphs that articles would give."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from kg.errors import SourceError
from kg.pipeline import Pipeline
from kg.settings import Settings
from kg.shacl import validate_any, validate_articles
from kg.sources import SUFFIXES, find_documents, may_hold_articles
from kg.triples import RDF_SUFFIXES, read_rdf
from kg.types import Hints, Refusal, Report

Checked = tuple[str, Report | Refusal]
"""What was checked, by name, and its report, or why it could not be."""


def validate_paths(paths: Sequence[str], settings: Settings, stdin: BinaryIO) -> Iterator[Checked]:
    """The report of each graph in RDF files and of each article, in order of `paths`; `-` stands for `stdin`."""
    # Costly to make, and not needed for RDF.
    pipeline = None if all(map(_is_rdf, paths)) else Pipeline(settings)
    for path in paths:
        if _is_rdf(path):
            yield from _validate_rdf(path)
        elif pipeline and _may_be_article(path):
            documents = find_documents([path], Hints(), settings.max_body_bytes, stdin)
            for _, outcome in pipeline.read(documents):
                yield outcome.name, outcome.report or outcome.refusal or Report()
        else:
            suffixes = ", ".join((*RDF_SUFFIXES, *SUFFIXES))
            yield (
                path,
                Refusal(path, "read", f"the kind of file is not known; its name should end in one of {suffixes}"),
            )


def _is_rdf(path: str) -> bool:
    return Path(path).suffix.lower() in RDF_SUFFIXES


def _may_be_article(path: str) -> bool:
    return path == "-" or os.path.isdir(path) or may_hold_articles(path) or not os.path.exists(path)


def _validate_rdf(path: str) -> Iterator[Checked]:
    """Each named graph by itself, as that of an article; what stands in none by plain pySHACL."""
    try:
        graphs = read_rdf(path)
    except SourceError as error:
        yield path, Refusal(path, "read", str(error))
        return
    default = graphs.pop(None, None)
    if default is not None or not graphs:
        yield path, validate_any(default) if default is not None else Report()
    named = {f"{path} <{iri}>": graph for iri, graph in graphs.items()}
    yield from validate_articles(named).items()
