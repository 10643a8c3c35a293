"""A large feed, read in a process of its own, in bounded time and memory.

feedparser's work grows with the square of what some broken or hostile feeds hold: in a megabyte there is room for
minutes of it. What is small is read at once, since a process takes half a second to start.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from dataclasses import asdict

from kg.errors import FetchError
from kg.fetch.feed import read_feed
from kg.fetch.item import Feed, Item

SMALL_BYTES = 300_000
_MEMORY_BYTES = 2_000_000_000


def read_feed_within(seconds: float, content: bytes, url: str | None, content_type: str) -> Feed:
    """As `read_feed`, in not much more than `seconds`.

    Raises:
        FetchError: it cannot be read, or not so fast.
    """
    if len(content) <= SMALL_BYTES:
        return read_feed(content, url, content_type)
    command = [sys.executable, "-m", "kg.fetch.feed_process", url or "", content_type]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired as error:
        raise FetchError(f"the feed takes more than {seconds:g} s to read; raise KG_FETCH_TIMEOUT") from error
    if done.returncode != 0:
        raise FetchError("the feed takes too much memory to read")
    answer = json.loads(done.stdout)
    if "failure" in answer:
        raise FetchError(answer["failure"])
    return Feed(tuple(Item(**item) for item in answer["items"]), answer["interval"])


def main() -> None:
    """Read the feed on standard input; what it holds, or why it cannot be read, goes to standard output as JSON."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    url, content_type = sys.argv[1:]
    try:
        answer = asdict(read_feed(sys.stdin.buffer.read(), url or None, content_type))
    except FetchError as error:
        answer = {"failure": str(error)}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
