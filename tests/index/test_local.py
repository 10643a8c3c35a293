import json

import pyoxigraph as ox
import pytest

from deleting import delete
from kg.errors import IndexStoreError
from kg.index.checkpoints import Checkpoints
from kg.index.local import LocalIndex, is_current
from kg.index.protocol import FixedGraph

REFERENCE = "http://x/graph/reference"


def fixed(digest, *subjects):
    triples = "".join(f"<http://x/{subject}> <http://x/p> <http://x/o> .\n" for subject in subjects)
    return FixedGraph(REFERENCE, digest, triples.encode())


def test_catches_up_and_publishes(tmp_path, index, record, read_quads):
    record.put("1", "a p o", "shared p o")
    record.put("2", "b p o", "shared p o")
    assert index.catch_up(record) == 2
    assert index.sequence == 2
    index.publish()
    assert read_quads(tmp_path) == [
        ("", "a p o"),
        ("", "b p o"),
        ("", "shared p o"),
        ("1", "a p o"),
        ("1", "shared p o"),
        ("2", "b p o"),
        ("2", "shared p o"),
    ]


def test_counts_do_not_move_when_an_article_comes_again(tmp_path, index, record, read_quads):
    record.put("1", "a p o", "shared p o")
    record.put("2", "shared p o")
    index.catch_up(record)
    index.publish()
    before = read_quads(tmp_path)
    record.put("1", "a p o", "shared p o")
    assert index.catch_up(record) == 1
    index.publish()
    assert read_quads(tmp_path) == before


def test_reports_progress(index, record):
    for number in range(120):
        record.put(str(number), "a p o")
    seen = []
    index.catch_up(record, seen.append)
    assert seen[-1] == 120
    assert seen == sorted(seen)


def test_goes_on_where_it_published(tmp_path, record):
    with LocalIndex.open(tmp_path) as index:
        record.put("1", "a p o")
        index.catch_up(record)
        index.publish()
        record.put("2", "b p o")
        index.catch_up(record)
    with LocalIndex.open(tmp_path) as index:
        assert index.sequence == 1
        assert index.catch_up(record) == 1


def test_publishes_only_what_is_new(index, record):
    record.put("1", "a p o")
    index.catch_up(record)
    first = index.publish()
    assert index.publish() == first
    record.put("2", "b p o")
    index.catch_up(record)
    assert index.publish() == first + 1


def test_an_empty_index_can_be_asked(tmp_path, index, read_quads):
    index.publish()
    assert read_quads(tmp_path) == []


def break_state(folder):
    (folder / "state.json").write_text("{")


def other_version(folder):
    state = json.loads((folder / "state.json").read_text())
    (folder / "state.json").write_text(json.dumps(state | {"version": 0}))


def remove_store(folder):
    delete(next(folder.glob("store-*")))


def empty_store(folder):
    remove_store(folder)
    (folder / "store-1").mkdir()


def break_store(folder):
    for path in next(folder.glob("store-*")).glob("MANIFEST-*"):
        path.write_bytes(b"nonsense")


def remove_all(folder):
    delete(folder)


@pytest.mark.parametrize(
    "damage", [break_state, other_version, remove_store, empty_store, break_store, remove_all], ids=lambda f: f.__name__
)
def test_a_damaged_index_is_made_again(tmp_path, record, read_quads, damage):
    record.put("1", "a p o")
    record.put("2", "b p o")
    with LocalIndex.open(tmp_path, [fixed("1", "r")]) as index:
        index.catch_up(record)
        index.publish()
    expected = read_quads(tmp_path)
    damage(tmp_path / "index")
    with LocalIndex.open(tmp_path, [fixed("1", "r")]) as index:
        assert index.catch_up(record) == 2
        index.publish()
    assert read_quads(tmp_path) == expected
    assert len(list((tmp_path / "index").glob("store-*"))) == 1


def test_rebuild_gives_the_same_and_drops_what_has_no_record(tmp_path, index, record, read_quads):
    index.apply([(1, "http://x/article/stray", b"<http://x/stray> <http://x/p> <http://x/o> .\n")])
    index.publish()
    record.put("1", "a p o")
    record.put("1", "b p o")
    record.put("2", "c p o")
    assert index.rebuild(record) == 2
    assert read_quads(tmp_path) == [("", "b p o"), ("", "c p o"), ("1", "b p o"), ("2", "c p o")]
    record.put("3", "d p o")
    assert index.catch_up(record) == 1
    assert len(list((tmp_path / "index").glob("store-*"))) == 1


def test_a_rebuild_that_fails_leaves_the_old_index(tmp_path, index, record, read_quads):
    record.put("1", "a p o")
    index.catch_up(record)
    index.publish()

    def stop(done):
        raise KeyboardInterrupt

    record.put("2", "b p o")
    with pytest.raises(KeyboardInterrupt):
        index.rebuild(record, stop)
    assert read_quads(tmp_path) == [("", "a p o"), ("1", "a p o")]
    assert index.catch_up(record) == 1
    assert len(list((tmp_path / "index").glob("store-*"))) == 1


def test_an_index_ahead_of_its_record_starts_over(tmp_path, index, record, read_quads):
    index.apply([(9, "http://x/article/stray", b"<http://x/stray> <http://x/p> <http://x/o> .\n")])
    record.put("1", "a p o")
    assert index.catch_up(record) == 1
    index.publish()
    assert read_quads(tmp_path) == [("", "a p o"), ("1", "a p o")]


@pytest.mark.parametrize(
    ("graphs", "subjects"),
    [
        ([fixed("1", "a", "b")], "ab"),
        ([fixed("1", "ignored, for its digest is the same")], "ab"),
        ([fixed("2", "b", "c")], "bc"),
        ([], ""),
    ],
)
def test_fixed_graphs_follow_their_digests(tmp_path, record, read_quads, graphs, subjects):
    for current in ([fixed("1", "a", "b")], graphs):
        with LocalIndex.open(tmp_path, current) as index:
            index.publish()
    found = read_quads(tmp_path)
    assert [triple[0] for graph, triple in found if graph == ""] == list(subjects)
    assert [triple[0] for graph, triple in found if graph == "graph/reference"] == list(subjects)


def test_a_triple_of_a_fixed_graph_stays_when_an_article_loses_it(tmp_path, record, read_quads):
    with LocalIndex.open(tmp_path, [fixed("1", "a")]) as index:
        record.put("1", "a p o", "b p o")
        index.catch_up(record)
        record.put("1", "c p o")
        index.catch_up(record)
        index.publish()
    assert [triple for graph, triple in read_quads(tmp_path) if graph == ""] == ["a p o", "c p o"]


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "index").write_bytes(b"")
    with pytest.raises(IndexStoreError, match="cannot write to the index"):
        LocalIndex.open(tmp_path)


def remove_generations(folder):
    delete(folder / "generations")


def remove_from_generation(folder):
    next((folder / "generations").glob("*/*.sst")).unlink()


def remove_from_store_and_generations(folder):
    next(folder.glob("store-*/*.sst")).unlink()
    remove_generations(folder)


@pytest.mark.parametrize(
    "damage",
    [
        break_state,
        remove_store,
        empty_store,
        remove_all,
        remove_generations,
        remove_from_generation,
        remove_from_store_and_generations,
    ],
    ids=lambda f: f.__name__,
)
def test_what_is_deleted_while_it_is_open_is_mended(tmp_path, index, record, read_quads, damage):
    record.put("1", "a p o")
    index.catch_up(record)
    before = index.publish()
    assert not index.mend(record)
    damage(tmp_path / "index")
    if (tmp_path / "index" / "generations").exists():
        index.publish()  # which has nothing to do, and shall not make it forget what was there
    assert index.mend(record)
    assert read_quads(tmp_path) == [("", "a p o"), ("1", "a p o")]
    assert index.publish() != before
    record.put("2", "b p o")
    assert index.catch_up(record) == 1
    index.publish()
    assert len(read_quads(tmp_path)) == 4
    assert not index.mend(record)


def test_what_was_removed_goes_and_what_is_empty_is_there(tmp_path, index, record, read_quads):
    record.put("1", "a p o", "shared p o")
    record.put("2", "shared p o")
    record.put("3")
    index.catch_up(record)
    record.remove("1")
    assert index.catch_up(record) == 1
    index.publish()
    assert read_quads(tmp_path) == [("", "shared p o"), ("2", "shared p o")]
    generation = Checkpoints(tmp_path / "index").hold()
    names = {node.value for node in ox.Store.read_only(str(generation.path)).named_graphs()}
    generation.release()
    assert names == {"http://x/article/2", "http://x/article/3"}


def test_an_index_of_another_journal_is_made_anew(tmp_path, record, read_quads):
    record.put("1", "a p o")
    with LocalIndex.open(tmp_path) as index:
        index.catch_up(record)
        index.publish()
    other = type(record)()
    other.lineage = "two"
    other.put("2", "b p o")
    assert not is_current(tmp_path, other, ())
    with LocalIndex.open(tmp_path) as index:
        assert index.catch_up(other) == 1
    assert read_quads(tmp_path) == [("", "b p o"), ("2", "b p o")]
    assert is_current(tmp_path, other, ())
    assert not is_current(tmp_path, record, ())


def test_the_other_kind_of_default_graph_makes_it_anew(tmp_path, record, read_quads):
    record.put("1", "a p o")
    expected = {True: [("", "a p o"), ("1", "a p o")], False: [("1", "a p o")]}
    for union in (True, False, True):
        assert not is_current(tmp_path, record, (), union=union)
        with LocalIndex.open(tmp_path, union=union) as index:
            assert index.catch_up(record) == 1
            index.publish()
        assert read_quads(tmp_path) == expected[union]
        assert is_current(tmp_path, record, (), union=union)
        with LocalIndex.open(tmp_path, union=union) as index:
            assert index.catch_up(record) == 0
            assert index.rebuild(record) == 1
        assert read_quads(tmp_path) == expected[union]


def test_a_store_that_has_grown_is_packed_and_published_again(tmp_path, index, record, read_quads):
    for number in range(90):
        record.put(str(number), f"a{number} p o")
    index.catch_up(record)
    index.publish()
    assert not index.pack()
    for number in range(10):
        record.put(str(number), f"b{number} p o")
    index.catch_up(record)
    assert index.pack()
    before = index.publish()
    assert not index.pack()
    assert index.publish() == before
    assert len(read_quads(tmp_path)) == 180


def test_it_is_known_when_a_store_was_packed(tmp_path, record):
    for number in range(100):
        record.put(str(number), "a p o")
    with LocalIndex.open(tmp_path) as index:
        index.catch_up(record)
        assert index.pack()
        index.publish()
    with LocalIndex.open(tmp_path) as index:
        assert not index.pack()
        index.rebuild(record)
        assert not index.pack()
