from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import SettingError
from kg.settings import Settings
from kg.watch import Told, open_watcher


@pytest.mark.parametrize(
    "names, options, message",
    [
        (["gone"], {}, "gone is neither a folder nor an address: kg watch takes folders, and feeds by http"),
        (["a.txt"], {}, "a.txt is neither a folder nor an address"),
        (["."], {"every": "1s"}, "--every 1s is out of bounds"),
        (["."], {"to": "http://127.0.0.1:1"}, "set KG_WRITE_TOKEN to the token of the service that --to names"),
        (["."], {"to": "here"}, '--to here: "here" is no http or https address'),
    ],
)
def test_what_cannot_be_watched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: list[str], options: dict[str, str], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("news")
    told = Told(lambda _: None, lambda _: None)
    given = {"every": "15m", "to": None, "once": False} | options
    with pytest.raises(SettingError, match=message), open_watcher(names, Settings(), told, **given):  # type: ignore[arg-type]
        pass
    assert not Path("kg-data").exists()


def test_what_was_sent_to_a_service_is_remembered_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told = Told(lambda _: None, lambda _: None)
    settings = Settings(write_token="s3cret")  # type: ignore[arg-type]
    for address in ("http://127.0.0.1:1", "http://127.0.0.1:1/", "http://127.0.0.1:2"):
        with open_watcher(
            [".", "http://x.invalid/feed", "."], settings, told, every="1h", to=address, once=True
        ) as made:
            assert (made.feeds, list(made.folders.names), made.every) == (["http://x.invalid/feed"], ["."], 3600)
    assert len([name for name in Path("kg-data").iterdir() if name.name.endswith("-fetched.sqlite")]) == 2
