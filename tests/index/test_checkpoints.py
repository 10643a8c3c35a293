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
    assert [publish(checkpoints) for _ in range(12)] == list(range(1, 13))
    assert checkpoints.newest() == 12
    assert kept(tmp_path) == ["12"]


def test_removal_waits_for_every_holder(tmp_path, checkpoints):
    publish(checkpoints)
    first, second = checkpoints.hold(), checkpoints.hold()
    publish(checkpoints)
    assert kept(tmp_path) == ["1", "2"]
    first.release()
    publish(checkpoints)
    assert kept(tmp_path) == ["1", "3"]
    second.release()
    checkpoints.clean()
    assert kept(tmp_path) == ["3"]


def test_removal_waits_for_other_processes_and_no_longer(tmp_path, checkpoints):
    code = (
        "import sys\nfrom pathlib import Path\nfrom kg.index.checkpoints import Checkpoints\n"
        "held = Checkpoints(Path(sys.argv[1])).hold()\nprint(held.number, flush=True)\nsys.stdin.read()"
    )
    publish(checkpoints)
    with subprocess.Popen(
        [sys.executable, "-c", code, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout.readline() == "1\n"
        publish(checkpoints)
        assert kept(tmp_path) == ["1", "2"]
        holder.kill()
    checkpoints.clean()
    assert kept(tmp_path) == ["2"]


def test_what_was_left_unfinished_is_neither_held_nor_kept(tmp_path, checkpoints):
    publish(checkpoints)

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
