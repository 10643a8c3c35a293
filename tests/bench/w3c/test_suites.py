"""What is tried with a service, suite by suite."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from w3c import suites
from w3c.servers import OURS, Kind, Server
from w3c.suites import Outcome, Suite, Trial, take


def test_what_comes_of_each_trial_and_a_new_service_for_each_suite(monkeypatch: pytest.MonkeyPatch) -> None:
    started = []

    class Quiet(Server):
        def start(self) -> None:
            started.append(self.port)

    @contextmanager
    def running(kind: Kind, port: int) -> Iterator[Server]:
        started.append("new")
        yield Quiet(kind, port, Path(), httpx.Client())

    def fail(server: Server) -> str | None:
        raise httpx.ReadError("cut off")

    monkeypatch.setattr(suites, "running", running)
    tried = [
        Suite("A", [Trial("a:1", lambda server: None), Trial("a:2", fail)]),
        Suite("B", [Trial("b:1", lambda server: "wrong")]),
    ]
    assert list(take(OURS, tried, 7)) == [
        Outcome("A", "a:1", None),
        Outcome("A", "a:2", "no answer: ReadError('cut off')"),
        Outcome("B", "b:1", "wrong"),
    ]
    assert started == ["new", 7, 7, "new", 7]
