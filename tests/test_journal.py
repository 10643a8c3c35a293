import json
import re
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kg.disk import WriteLock
from kg.errors import JournalError, LockedError
from kg.journal import FILE, Journal
from kg.types import Entry, Format, Refusal
from nobody import as_nobody

BASE = "http://localhost:8000/"
ARTICLE = f"{BASE}article/1"
PROV = "http://www.w3.org/ns/prov#"


def entry(article=ARTICLE, *, name="a.txt", document=b"Some words.", label="one", ended="2024-01-04T10:00:00Z"):
    graph = (
        f'<{article}> <http://www.w3.org/2000/01/rdf-schema#label> "{label}" .\n'
        f'<{article}/run> <{PROV}endedAtTime> "{ended}"^^<http://www.w3.org/2001/XMLSchema#dateTime> .\n'
    )
    return Entry(article, name, document, Format.TEXT, graph.encode(), "kg 0.1", "rules 1")


@pytest.fixture
def journal(tmp_path):
    with Journal.open(tmp_path, base_iri=BASE, write=True) as journal:
        yield journal


def run(code: str, *arguments: object) -> str:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=30).stdout


def test_gives_back_what_was_appended(journal):
    kept = entry(document=bytes(range(256)), label="é")
    assert journal.append([kept]) == 1
    assert journal.get(ARTICLE) == kept
    assert journal.get(f"{BASE}article/2") is None


def test_survives_closing(tmp_path):
    with Journal.open(tmp_path / "new" / "data", base_iri=BASE, write=True) as journal:
        journal.append([entry()])
    with Journal.open(tmp_path / "new" / "data", base_iri=BASE, write=True) as journal:
        assert (journal.count(), journal.sequence, journal.get(ARTICLE)) == (1, 1, entry())


@pytest.mark.parametrize(
    ("again", "sequence"),
    [
        (entry(), 1),
        (entry(ended="2025-02-02T02:02:02Z"), 1),
        (entry(name="renamed.txt"), 1),
        (entry(label="two"), 2),
        (entry(document=b"Other words."), 2),
    ],
)
def test_same_article_again(journal, again, sequence):
    journal.append([entry()])
    assert journal.append([again]) == sequence
    assert journal.count() == 1
    assert journal.get(ARTICLE).graph == (entry() if sequence == 1 else again).graph


def test_a_label_that_speaks_of_the_end_is_content(journal):
    journal.append([entry(label=f"<{PROV}endedAtTime> 1")])
    assert journal.append([entry(label=f"<{PROV}endedAtTime> 2")]) == 2


def test_since_gives_each_article_once_as_it_is_now(journal):
    many = [entry(f"{BASE}article/{number}") for number in range(150)]
    journal.append(many)
    journal.append([entry(f"{BASE}article/7", label="new")])
    changes = list(journal.since(100))
    assert [sequence for sequence, _, _ in changes] == list(range(101, 152))
    assert changes[-1][1:] == (f"{BASE}article/7", entry(f"{BASE}article/7", label="new").graph)
    assert len(list(journal.since(0))) == 150
    assert list(journal.since(journal.sequence)) == []


def test_the_last_of_one_article_in_a_batch_stays(journal):
    journal.append([entry(label="first"), entry(label="last")])
    assert b'"last"' in journal.get(ARTICLE).graph
    assert journal.count() == 1


def test_all_of_a_batch_or_nothing(journal):
    broken = Entry(f"{BASE}article/2", None, b"", Format.TEXT, b"", "", "")  # type: ignore[arg-type]
    with pytest.raises(JournalError):
        journal.append([entry(), broken])
    assert (journal.count(), journal.sequence) == (0, 0)


def test_refusals(journal):
    first, second = Refusal("b.txt", "read", "it is empty"), Refusal("a.txt", "read", "it is French")
    journal.record_refusals([first, second])
    journal.record_refusals([newer := Refusal("b.txt", "shapes", "no label")])
    assert journal.refusals() == (second, newer)
    journal.append([entry(name="a.txt")])
    assert journal.refusals() == (newer,)


def test_an_unchanged_article_clears_its_refusal_too(journal):
    journal.append([entry()])
    journal.record_refusals([Refusal("a.txt", "read", "it was damaged for a while")])
    journal.append([entry()])
    assert journal.refusals() == ()


def test_a_second_writer_is_told_who_writes(tmp_path, journal):
    code = """
import sys
from pathlib import Path
from kg.errors import LockedError
from kg.journal import Journal
try:
    Journal.open(Path(sys.argv[1]), base_iri=sys.argv[2], write=True)
except LockedError as error:
    print(error)
"""
    with (tmp_path / "lock").open() as file:
        holder = file.read().strip()
    assert f"process {holder}:" in run(code, tmp_path, BASE)
    with pytest.raises(LockedError):
        Journal.open(tmp_path, base_iri=BASE, write=True)


def test_the_lock_goes_with_its_process(tmp_path):
    code = """
import os, signal, sys
from pathlib import Path
from kg.journal import Journal
Journal.open(Path(sys.argv[1]), base_iri=sys.argv[2], write=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    killed = subprocess.run([sys.executable, "-c", code, tmp_path, BASE], check=False)
    assert killed.returncode == -9
    with Journal.open(tmp_path, base_iri=BASE, write=True) as journal:
        assert journal.count() == 0


def test_readers_read_while_another_writes(tmp_path, journal):
    journal.append([entry()])
    with Journal.open(tmp_path, base_iri=BASE, write=False) as reader:
        journal.append([entry(label="new")])
        assert reader.get(ARTICLE) == entry(label="new")
        with pytest.raises(JournalError, match="cannot be written"):
            reader.append([entry()])


def test_threads_take_turns(journal):
    def work(number: int) -> None:
        for turn in range(20):
            journal.append([entry(f"{BASE}article/{number}", label=str(turn))])

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (journal.count(), journal.sequence) == (4, 80)


def break_version(path: Path) -> None:
    with sqlite3.connect(path / FILE) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()


def break_bytes(path: Path) -> None:
    (path / FILE).write_bytes(b"no database at all " * 400)


def take_away(path: Path) -> None:
    (path / FILE).unlink()


def other_database(path: Path) -> None:
    take_away(path)
    connection = sqlite3.connect(path / FILE)
    connection.execute("CREATE TABLE something (x)")
    connection.close()


@pytest.mark.parametrize(
    ("damage", "base_iri", "write", "message"),
    [
        (break_version, BASE, True, r"newer kg \(version 99; .*another --data"),
        (break_version, BASE, False, r"newer kg \(version 99; .*another --data"),
        (break_bytes, BASE, True, "no journal of kg"),
        (break_bytes, BASE, False, "no journal of kg"),
        (other_database, BASE, True, "no journal of kg"),
        (take_away, BASE, False, "run kg ingest first"),
        (lambda path: None, "http://other/", True, f"base IRI {BASE}, not http://other/.*KG_BASE_IRI={BASE}"),
        (lambda path: None, "http://other/", False, f"base IRI {BASE}, not http://other/.*KG_BASE_IRI={BASE}"),
    ],
)
def test_what_cannot_be_opened(tmp_path, damage, base_iri, write, message):
    Journal.open(tmp_path, base_iri=BASE, write=True).close()
    damage(tmp_path)
    with pytest.raises(JournalError) as caught:
        Journal.open(tmp_path, base_iri=base_iri, write=write)
    assert re.search(message, str(caught.value))
    assert "\n" not in str(caught.value)
    WriteLock.acquire(tmp_path).release()


def test_a_file_for_a_data_directory(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(JournalError, match="cannot make the data directory"):
        Journal.open(tmp_path / "file", base_iri=BASE, write=True)


@pytest.mark.parametrize("has_empty_log", [False, True])
def test_reads_where_nothing_can_be_written(tmp_path, has_empty_log):
    directory = tmp_path / "data"
    with Journal.open(directory, base_iri=BASE, write=True) as journal:
        journal.append([entry()])
    if has_empty_log:
        # What a reader leaves behind.
        (directory / f"{FILE}-wal").touch(0o644)
        (directory / f"{FILE}-shm").write_bytes(bytes(32768))
    directory.chmod(0o555)
    with as_nobody(tmp_path):
        with Journal.open(directory, base_iri=BASE, write=False) as journal:
            assert journal.get(ARTICLE) == entry()
        with pytest.raises(JournalError, match="Permission denied; check its permissions, or use another"):
            Journal.open(directory, base_iri=BASE, write=True)


def test_a_journal_whose_making_was_stopped_is_none_yet(tmp_path):
    (tmp_path / FILE).touch()
    with pytest.raises(JournalError, match="holds no journal: run kg ingest first"):
        Journal.open(tmp_path, base_iri=BASE, write=False)
    with Journal.open(tmp_path, base_iri=BASE, write=True) as journal:
        assert journal.count() == 0


def test_full_disk_leaves_nothing_by_halves(journal):
    journal.append([entry()])
    pages = journal._connection.execute("PRAGMA page_count").fetchone()[0]
    journal._connection.execute(f"PRAGMA max_page_count = {pages + 3}")
    noise = b"".join(i.to_bytes(3, "big") * 7 for i in range(90_000))
    with pytest.raises(JournalError, match="disk is full; nothing of this batch was stored"):
        journal.append([entry(f"{BASE}article/2"), entry(f"{BASE}article/3", document=noise)])
    assert (journal.count(), journal.sequence) == (1, 1)
    journal._connection.execute("PRAGMA max_page_count = 100000")
    assert journal.append([entry(f"{BASE}article/3", document=noise)]) == 2


def test_a_file_that_may_not_grow(tmp_path):
    code = """
import json, os, resource, sys
from pathlib import Path
from kg.errors import JournalError
from kg.journal import Journal
from kg.types import Entry, Format
def entry(number, size):
    return Entry(f"http://a/{number}", str(number), os.urandom(size), Format.TEXT, b"", "", "")
directory = Path(sys.argv[1])
with Journal.open(directory, base_iri="http://a/", write=True) as journal:
    journal.append([entry(1, 100)])
    resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, resource.RLIM_INFINITY))
    try:
        journal.append([entry(2, 100), entry(3, 2_000_000)])
    except JournalError as error:
        message = str(error)
    count = journal.count()
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
    journal.append([entry(3, 2_000_000)])
    print(json.dumps([message, count, journal.count()]))
"""
    message, during, after = json.loads(run(code, tmp_path))
    assert "nothing of this batch was stored" in message
    assert (during, after) == (1, 2)


GRAPH = f"{BASE}graphs/1"
VERSION_1 = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE article (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, article TEXT NOT NULL UNIQUE, name TEXT NOT NULL, format TEXT NOT NULL,
    document BLOB NOT NULL, graph BLOB NOT NULL, content TEXT NOT NULL, software TEXT NOT NULL, model TEXT NOT NULL,
    accepted TEXT NOT NULL
) STRICT;
CREATE TABLE refusal (name TEXT PRIMARY KEY, stage TEXT NOT NULL, reason TEXT NOT NULL, refused TEXT NOT NULL) STRICT;
PRAGMA user_version = 1;
"""


def make_version_1(directory: Path, entries: list[Entry]) -> None:
    """A journal as version 1 had it, its sequence with a gap where an article came again."""
    with Journal.open(directory / "today", base_iri=BASE, write=True) as journal:
        journal.append([entry(label="before")])
        journal.append(entries)
        journal.record_refusals([Refusal("b.txt", "read", "it is empty")])
    connection = sqlite3.connect(directory / FILE)
    connection.executescript(VERSION_1)
    connection.execute("ATTACH ? AS today", (str(directory / "today" / FILE),))
    columns = "sequence, {}, name, format, document, graph, content, software, model, accepted"
    connection.execute(
        f"INSERT INTO article ({columns.format('article')}) SELECT {columns.format('iri')} FROM today.entry"
    )
    connection.execute("INSERT INTO meta SELECT * FROM today.meta WHERE key = 'base_iri'")
    connection.execute("INSERT INTO refusal SELECT * FROM today.refusal")
    connection.commit()
    connection.close()


def test_a_journal_of_version_1_is_brought_up_to_date_when_it_is_written(tmp_path):
    entries = [entry(), entry(f"{BASE}article/2", name="2.txt")]
    make_version_1(tmp_path, entries)
    with pytest.raises(JournalError, match="older kg: run kg rebuild") as caught:
        Journal.open(tmp_path, base_iri=BASE, write=False)
    assert "\n" not in str(caught.value)
    with pytest.raises(JournalError, match="base IRI"):
        Journal.open(tmp_path, base_iri="http://other/", write=True)
    with Journal.open(tmp_path, base_iri=BASE, write=True) as journal:
        assert [(number, iri) for number, iri, _ in journal.since(0)] == [(2, ARTICLE), (3, f"{BASE}article/2")]
        assert [journal.get(one.article) for one in entries] == entries
        assert journal.refusals() == (Refusal("b.txt", "read", "it is empty"),)
        assert (journal.count(), journal.union_default_graph, len(journal.lineage)) == (2, True, 32)
        assert journal.append(entries) == 3
        assert journal.append([entry(label="two")]) == 4
        lineage = journal.lineage
    with Journal.open(tmp_path, base_iri=BASE, write=False) as journal:
        assert (journal.count(), journal.lineage) == (2, lineage)


def test_a_migration_that_is_stopped_leaves_version_1(tmp_path, monkeypatch):
    make_version_1(tmp_path, [entry()])
    with monkeypatch.context() as broken:
        broken.setattr("kg.journal.schema._FROM_1", "INSERT INTO nowhere VALUES (1)")
        with pytest.raises(JournalError):
            Journal.open(tmp_path, base_iri=BASE, write=True)
    with Journal.open(tmp_path, base_iri=BASE, write=True) as journal:
        assert journal.get(ARTICLE) == entry()


def test_graphs_and_articles_share_one_sequence(journal):
    journal.put_graph(GRAPH, b"<http://x/s> <http://x/p> _:b .\n")
    journal.append([entry()])
    journal.put_graph(f"{BASE}graphs/2", b"")
    assert [(number, iri) for number, iri, _ in journal.since(0)] == [
        (1, GRAPH),
        (2, ARTICLE),
        (3, f"{BASE}graphs/2"),
    ]
    assert journal.get_graph(GRAPH) == b"<http://x/s> <http://x/p> _:b .\n"
    assert (journal.get_graph(f"{BASE}graphs/2"), journal.get_graph("http://x/none")) == (b"", None)
    assert journal.get_graph(ARTICLE) == entry().graph
    assert (journal.count(), journal.get(GRAPH)) == (1, None)
    assert journal.list_graphs(limit=2) == (GRAPH, f"{BASE}graphs/2")
    assert journal.list_graphs(limit=9)[2:] == (ARTICLE,)


@pytest.mark.parametrize(("again", "sequence"), [(b"<a:a> <a:b> <a:c> .\n", 1), (b"", 2)])
def test_same_graph_again(journal, again, sequence):
    journal.put_graph(GRAPH, b"<a:a> <a:b> <a:c> .\n")
    journal.put_graph(GRAPH, again)
    assert (journal.sequence, journal.get_graph(GRAPH)) == (sequence, again)


@pytest.mark.parametrize("iri", [ARTICLE, GRAPH])
def test_what_is_removed_leaves_its_iri(journal, iri):
    journal.append([entry()])
    journal.put_graph(GRAPH, b"")
    assert journal.remove(iri) is True
    assert journal.remove(iri) is False
    assert journal.remove("http://x/none") is False
    assert list(journal.since(2)) == [(3, iri, None)]
    assert (journal.get_kind(iri), journal.get_graph(iri), journal.get(iri)) == ("removed", None, None)
    assert journal.count() == (0 if iri == ARTICLE else 1)
    assert iri not in journal.list_graphs(limit=9)
    assert journal.append([entry()]) == (4 if iri == ARTICLE else 3)
    journal.put_graph(GRAPH, b"")
    assert (journal.get_kind(ARTICLE), journal.get_kind(GRAPH)) == ("article", "curated")
    assert journal.get_kind("http://x/none") is None


def test_what_is_removed_is_not_in_the_file_as_a_row(journal):
    journal.append([entry(document=b"a secret")])
    journal.remove(ARTICLE)
    assert journal._rows("SELECT document, name, graph FROM entry") == [(None, None, b"")]


def test_each_journal_has_its_lineage_and_its_kind_of_default_graph(tmp_path):
    made = {}
    for name, union in (("a", True), ("b", False)):
        with Journal.open(tmp_path / name, base_iri=BASE, write=True, union_default_graph=union) as journal:
            made[name] = (journal.lineage, journal.union_default_graph)
        # As it was made, whatever is asked for later.
        with Journal.open(tmp_path / name, base_iri=BASE, write=True, union_default_graph=not union) as journal:
            assert (journal.lineage, journal.union_default_graph) == made[name]
    assert made["a"][0] != made["b"][0]
    assert [union for _, union in made.values()] == [True, False]
