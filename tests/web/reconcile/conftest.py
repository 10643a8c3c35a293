"""A register of a few agents, a client of the service that has it, and the schemas of the protocol."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.settings import Settings
from kg.web.app import create_app
from kg.web.reconcile.identifiers import Identifiers
from kg.web.reconcile.register import Register

from ..conftest import BASE, Client, FakeReaders

ARTICLE = ox.NamedNode(BASE + "article/1")


@pytest.fixture(scope="package")
def people() -> ox.Store:
    store = ox.Store()
    for graph in (ox.DefaultGraph(), ARTICLE):
        store.load(path=str(Path(__file__).with_name("people.ttl")), format=ox.RdfFormat.TURTLE, to_graph=graph)
    return store


@pytest.fixture(scope="package")
def register(people: ox.Store) -> Register:
    return Register(FakeReaders(people))


@pytest.fixture(scope="package")
def identifiers() -> Identifiers:
    return Identifiers(BASE)


@pytest.fixture(scope="package")
def reconciling(people: ox.Store) -> Client:
    return Client(create_app(Settings(base_iri=BASE), FakeReaders(people), None))
