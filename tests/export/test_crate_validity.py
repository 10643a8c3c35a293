"""Releases before the validator of RO-Crates, which `.ci/crate` installs: it wants an older rich than we do."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from export.test_crate import BASE, KNOWN, MEMBERS, ORIGIN
from kg.export.crate import write_crate
from kg.export.release import Imprint

validator = pytest.importorskip("rocrate_validator.services", reason="the validator is not installed: see .ci/crate")
requests = pytest.importorskip("requests")
http = pytest.importorskip("rocrate_validator.utils.http")
loader = pytest.importorskip("rocrate_validator.utils.document_loader")


@pytest.fixture
def context(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What the validator would fetch: the context of RO-Crate, which ro-crate-py ships in its newest version."""
    shipped = (files("rocrate") / "data" / "ro-crate.jsonld").read_bytes()

    def get(self: Any, url: str, *args: Any, **kwargs: Any) -> Any:
        response = requests.Response()
        response.url = url
        response.status_code = 200 if url == "https://w3id.org/ro/crate/1.1/context" else 504
        response._content = shipped
        response.headers["Content-Type"] = "application/ld+json"
        return response

    monkeypatch.setattr(http.HttpRequester, "get", get, raising=False)
    yield
    loader.uninstall_document_loader()


@pytest.mark.filterwarnings("ignore")  # of the validator's own libraries
@pytest.mark.parametrize("profile", ["ro-crate-1.1", "process-run-crate-0.5"])
@pytest.mark.parametrize("imprint", [Imprint(BASE), KNOWN], ids=["unknown", "known"])
@pytest.mark.parametrize("name", ["release", "release.zip"])
def test_a_release_is_valid(tmp_path: Path, context: None, name: str, imprint: Imprint, profile: str) -> None:
    write_crate(tmp_path / name, MEMBERS, ORIGIN, imprint)
    result = validator.validate(
        validator.ValidationSettings(
            rocrate_uri=str(tmp_path / name),
            profile_identifier=profile,
            requirement_severity="RECOMMENDED",
            offline=True,
            cache_path=tmp_path / "cache",
        )
    )
    assert [(issue.check.identifier, issue.message) for issue in result.get_issues()] == []
    assert result.passed()
