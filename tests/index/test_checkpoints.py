import shutil
import subprocess
import sys

import pytest

from kg.errors import IndexStoreError
from kg.index.checkpoints import Checkpoints


@pytest.fixture
def checkpoints(tmp_path):
    return Checkpoints(tmp_path)


def publish(checkpoints):
    return checkpoints.publish(lambda path: path.mkdir())


def kept(tmp_path):
    return sorted(path.name for path in (tmp_path / "generations").iterdir())


def test_nothing_to_hold(checkpoints):
    with pytest.raises(IndexStoreError, match="run kg ingest or kg rebuild"):
        checkpoints.hold()


def test_only_the_newest_is_kept(tmp_path, checkpoints):
    first, *others = [publish(checkpoints) for _ in range(12)]
    assert others == list(range(first + 1, first + 12))
    assert checkpoints.newest() == first + 11
    assert kept(tmp_path) == [str(first + 11)]


def test_an_index_made_anew_has_other_numbers(tmp_path):
    firsts = []
    for _ in range(5):
        firsts += [publish(Checkpoints(tmp_path)), publish(Checkpoints(tmp_path))]
        shutil.rmtree(tmp_path / "generations")
    assert len(set(firsts)) == 10
    assert max(firsts) < 2**53  # what JavaScript can count


@pytest.fixture
def from_one(tmp_path):
    """The first generation exists already, and its number is 1."""
    (tmp_path / "generations" / "1").mkdir(parents=True)


def test_removal_waits_for_every_holder(tmp_path, from_one, checkpoints):
    first, second = checkpoints.hold(), checkpoints.hold()
    publish(checkpoints)
    assert kept(tmp_path) == ["1", "2"]
    first.release()
    publish(checkpoints)
    assert kept(tmp_path) == ["1", "3"]
    second.release()
    checkpoints.clean()
    assert kept(tmp_path) == ["3"]


def test_removal_waits_for_other_processes_and_no_longer(tmp_path, from_one, checkpoints):
    code = (
        "import sys\nfrom pathlib import Path\nfrom kg.index.checkpoints import Checkpoints\n"
        "held = Checkpoints(Path(sys.argv[1])).hold()\nprint(held.number, flush=True)\nsys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout.readline() == "1\n"
        publish(checkpoints)
        assert kept(tmp_path) == ["1", "2"]
        holder.kill()
    checkpoints.clean()
    assert kept(tmp_path) == ["2"]


def test_what_was_left_unfinished_is_neither_held_nor_kept(tmp_path, from_one, checkpoints):

    def fail(path):
        path.mkdir()
        raise IndexStoreError("the disk is full")

    with pytest.raises(IndexStoreError, match="the disk is full"):
        checkpoints.publish(fail)
    held = checkpoints.hold()
    assert held.number == 1
    held.release()
    (tmp_path / "generations" / "removed-0").mkdir()
    assert publish(checkpoints) == 2
    assert kept(tmp_path) == ["2"]
