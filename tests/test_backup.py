from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.backup import back_up, restore
from kg.disk import RESTORE_FAILED_FILE, RESTORE_FILE
from kg.errors import JournalError, SettingError
from kg.index.checkpoints import Checkpoints
from kg.journal import VERSION, Journal, copies
from kg.keeper import Keeper
from kg.settings import Settings
from kg.tending import Tending
from kg.types import Entry, Format

BASE = "http://localhost:8000/"
CURATED = f"{BASE}graphs/mine"


def entry(number: int, words: str) -> Entry:
    iri = f"{BASE}article/{number}"
    graph = f'<{iri}> <http://x/says> "{words}" .\n'
    return Entry(iri, f"{number}.txt", words.encode(), Format.TEXT, graph.encode(), "kg 0", "rules 0")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data")


@pytest.fixture
def file(tmp_path: Path, settings: Settings) -> Path:
    """A backup of two articles and a curated graph; the journal has another article since."""
    with Keeper.open(settings) as keeper:
        keeper.keep([entry(1, "one"), entry(2, "two")], [])
        keeper.keep_graph(CURATED, b'<http://x/a> <http://x/says> "mine" .\n')
        assert back_up(settings, tmp_path / "backup.sqlite", replace=False) == 2
        keeper.keep([entry(1, "one anew"), entry(3, "three")], [])
    return tmp_path / "backup.sqlite"


OLD, NEW = {"one", "two", "mine"}, {"one anew", "two", "three", "mine"}


def kept(directory: Path) -> set[str]:
    """What the journal holds."""
    with Journal.open(directory, base_iri=BASE, write=False) as journal:
        return {graph.decode().split('"')[1] for _, _, graph in journal.since(0) if graph}


def found(directory: Path) -> set[str]:
    """What queries find."""
    generation = Checkpoints(directory / "index").hold()
    try:
        store = ox.Store.read_only(str(generation.path))
        says = ox.NamedNode("http://x/says")
        return {quad.object.value for quad in store.quads_for_pattern(None, says, None, ox.DefaultGraph())}
    finally:
        generation.release()


def silent(_: str) -> None:
    pass


def test_a_backup_is_one_whole_file(file: Path, settings: Settings) -> None:
    assert [path.name for path in file.parent.iterdir() if path.name != "data"] == ["backup.sqlite"]
    with sqlite3.connect(f"file:{file}?mode=ro&immutable=1", uri=True) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
        assert connection.execute("SELECT count(*) FROM entry").fetchone() == (3,)
    connection.close()


def test_a_file_that_is_there_is_replaced_only_if_asked(file: Path, settings: Settings) -> None:
    before = file.read_bytes()
    with pytest.raises(SettingError, match="--force"):
        back_up(settings, file, replace=False)
    assert file.read_bytes() == before
    assert back_up(settings, file, replace=True) == 3


def test_a_backup_that_fails_leaves_nothing(settings: Settings, tmp_path: Path, file: Path) -> None:
    with pytest.raises(JournalError, match="cannot be opened"):
        back_up(settings, tmp_path / "none" / "backup.sqlite", replace=False)
    with pytest.raises(SettingError, match="holds no articles"):
        back_up(Settings(data=tmp_path / "other"), tmp_path / "b", replace=False)
    assert not (tmp_path / "b").exists()


def test_a_backup_while_others_write_is_of_one_moment(settings: Settings, tmp_path: Path) -> None:
    over = threading.Event()

    def write() -> None:
        with Journal.open(settings.data, base_iri=BASE, write=True) as journal:
            journal.append([entry(1, "a0"), entry(2, "a0")])
            for number in range(10_000):
                journal.append([entry(1, f"a{number}"), entry(2, f"a{number}")])
                if over.is_set():
                    return

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while not (settings.data / "journal.sqlite").is_file():
            time.sleep(0.01)
        time.sleep(0.2)
        for number in range(5):
            assert back_up(settings, tmp_path / f"{number}.sqlite", replace=False) == 2
    finally:
        over.set()
        writer.join()
    for number in range(5):
        assert restore(Settings(data=tmp_path / f"restored-{number}"), tmp_path / f"{number}.sqlite", silent) == 2
        # Both were written in one transaction.
        assert len(kept(tmp_path / f"restored-{number}")) == 1


def test_what_is_restored_is_what_was_backed_up(file: Path, settings: Settings, tmp_path: Path) -> None:
    with Journal.open(settings.data, base_iri=BASE, write=False) as journal:
        before = journal.lineage
    assert restore(settings, file, silent) == 2
    assert kept(settings.data) == found(settings.data) == OLD
    assert restore(Settings(data=tmp_path / "new" / "data"), file, silent) == 2
    assert kept(tmp_path / "new" / "data") == found(tmp_path / "new" / "data") == OLD
    lineages = set()
    for directory in (settings.data, tmp_path / "new" / "data"):
        with Journal.open(directory, base_iri=BASE, write=False) as journal:
            lineages.add(journal.lineage)
        assert not list(directory.glob("restore*"))
    assert len(lineages | {before}) == 3


def truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5000])


def scribble(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[8192:12288] = bytes(reversed(content[8192:12288]))
    file.write_bytes(content)


def empty(file: Path) -> None:
    file.write_bytes(b"")


def write_text(file: Path) -> None:
    file.write_text("no journal" * 1000)


def renumber(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()


def rebase(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE meta SET value = 'http://elsewhere/' WHERE key = 'base_iri'")
    connection.close()


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (truncate, "damaged"),
        (scribble, "damaged"),
        (empty, "no journal of kg"),
        (write_text, "no journal of kg"),
        (renumber, "newer kg"),
        (rebase, "base IRI http://elsewhere/"),
        (Path.unlink, "there is no file"),
    ],
)
def test_what_is_no_backup_is_refused(
    file: Path, settings: Settings, damage: Callable[[Path], object], words: str
) -> None:
    damage(file)
    with pytest.raises((JournalError, SettingError), match=words):
        restore(settings, file, silent)
    assert kept(settings.data) == found(settings.data) == NEW
    assert not list(settings.data.glob("restore*"))


@pytest.mark.parametrize("damage", [truncate, write_text])
def test_a_damaged_journal_is_set_aside(file: Path, settings: Settings, damage: Callable[[Path], object]) -> None:
    for suffix in ("-wal", "-shm"):
        (settings.data / f"journal.sqlite{suffix}").unlink(missing_ok=True)
    damage(settings.data / "journal.sqlite")
    assert restore(settings, file, silent) == 2
    assert kept(settings.data) == found(settings.data) == OLD
    aside = [path.name for path in settings.data.glob("journal.sqlite.damaged-*")]
    assert len([name for name in aside if not name.endswith(("-wal", "-shm"))]) == 1


@pytest.fixture
def served(file: Path, settings: Settings) -> Iterator[Keeper]:
    """A keeper that is tended, as by a service."""
    with Keeper.open(settings) as keeper, Tending(keeper, silent, every=0.1):
        yield keeper


def test_a_service_takes_it_up(file: Path, settings: Settings, served: Keeper) -> None:
    told: list[str] = []
    before = served.standing.generation
    assert restore(settings, file, told.append) == 2
    assert kept(settings.data) == found(settings.data) == OLD
    until = time.monotonic() + 10
    while served.standing.at_work and time.monotonic() < until:  # what is on disk is there a moment before it is noted
        time.sleep(0.01)
    assert (served.standing.sequence, served.standing.published, served.kept.total) == (3, 3, 2)
    assert served.standing.generation > before
    assert len(told) == 1
    assert "which takes it up" in told[0]
    served.keep([entry(4, "four")], [])
    assert kept(settings.data) == found(settings.data) == OLD | {"four"}
    assert not list(settings.data.glob("restore*"))


def test_a_service_that_cannot_take_it_up_says_why(
    file: Path, settings: Settings, served: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "_PATIENCE_SECONDS", 0.5)
    other = sqlite3.connect(settings.data / "journal.sqlite", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(JournalError, match="another program holds it"):
        restore(settings, file, silent)
    other.execute("ROLLBACK")
    other.close()
    assert kept(settings.data) == found(settings.data) == NEW
    assert (settings.data / RESTORE_FAILED_FILE).is_file()
    assert restore(settings, file, silent) == 2
    assert kept(settings.data) == OLD


def test_a_service_is_not_given_another_kind_of_dataset(tmp_path: Path, served: Keeper, settings: Settings) -> None:
    plain = Settings(data=tmp_path / "plain", union_default_graph=False)
    with Keeper.open(plain):
        pass
    back_up(plain, tmp_path / "plain.sqlite", replace=False)
    with pytest.raises(SettingError, match="stop the service first"):
        restore(settings, tmp_path / "plain.sqlite", silent)
    assert not (settings.data / RESTORE_FILE).exists()


def test_what_was_left_to_be_taken_up_is(file: Path, settings: Settings) -> None:
    """As where the command, or the service, was killed once the copy was whole."""
    shutil.copy(file, settings.data / RESTORE_FILE)
    with sqlite3.connect(settings.data / RESTORE_FILE) as connection:
        connection.execute("UPDATE meta SET value = 'another' WHERE key = 'lineage'")
    connection.close()
    with Keeper.open(settings) as keeper:
        assert keeper.lineage == "another"
    assert kept(settings.data) == found(settings.data) == OLD
    # Once more, as where it was killed before the file was removed: what came since stays.
    with Keeper.open(settings) as keeper:
        shutil.copy(settings.data / "journal.sqlite", settings.data / RESTORE_FILE)
        keeper.keep([entry(4, "four")], [])
        keeper.tend()
    assert kept(settings.data) == OLD | {"four"}
    assert not (settings.data / RESTORE_FILE).exists()


RESTORER = """
import sys
from pathlib import Path
from kg.backup import restore
from kg.settings import Settings
print("ready", flush=True)
restore(Settings(data=Path(sys.argv[1])), Path(sys.argv[2]), lambda line: None)
"""


def test_a_restore_killed_at_any_instant(file: Path, settings: Settings, tmp_path: Path) -> None:
    chance = random.Random(20260303)
    with Keeper.open(settings) as keeper:
        keeper.keep([entry(number, f"word {number} " * 2000) for number in range(10, 200)], [])
    new = kept(settings.data)
    seen = set()
    for turn in range(10):
        data = tmp_path / f"copy-{turn}"
        shutil.copytree(settings.data, data)
        command = [sys.executable, "-c", RESTORER, data, file]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout
            assert process.stdout.readline() == "ready\n"
            with suppress(subprocess.TimeoutExpired):
                process.wait({0: 0, 9: 20}.get(turn, chance.uniform(0, 0.5)))
            process.kill()
        is_whole = (data / RESTORE_FILE).is_file()
        held = kept(data)
        assert held in (OLD, new)
        with Keeper.open(Settings(data=data)):
            pass
        assert kept(data) == found(data) == (OLD if is_whole or held == OLD else new)
        seen.add(kept(data) == OLD)
        assert not (data / RESTORE_FILE).exists()
    assert seen == {True, False}
