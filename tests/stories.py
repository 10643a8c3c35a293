"""Short news that nobody wrote, in English that the rules read, made from a number."""

from __future__ import annotations

import json
import random
from pathlib import Path

STATES = ("Chile", "Estonia", "Botswana", "Fiji", "Denmark", "Albania", "Peru", "Kenya")
DEEDS = ("condemned", "praised", "met", "attacked", "threatened", "imposed sanctions on")
PEOPLE = ("Ana Silva", "Jon Berg", "Maria Tamm", "Pedro Rojas")


def tell(number: int, sentences: int = 3) -> str:
    """Story `number`: a headline and a few sentences."""
    rng = random.Random(number)
    told = [f"{rng.choice(STATES)} and {rng.choice(STATES)} hold talks, round {number}"]
    for _ in range(sentences):
        one, two, three = rng.sample(STATES, 3)
        minister = f"Foreign Minister {rng.choice(PEOPLE)} of {three}"
        told.append(f"{one} {rng.choice(DEEDS)} {two} on Monday, {minister} said in the capital.")
    return "\n\n".join(told) + "\n"


def write_stories(folder: Path, count: int) -> None:
    """A folder of `count` documents of all kinds: some share an address, one in twenty cannot be read."""
    folder.mkdir(parents=True)
    lines = []
    for number in range(count):
        if number % 20 == 19:
            (folder / f"{number:03}.txt").write_bytes(b"")
        elif number % 2:
            (folder / f"{number:03}.txt").write_text(tell(number), "utf-8")
        else:
            lines.append(json.dumps({"url": f"https://example.org/{number % 40}", "text": tell(number)}))
    (folder / "lines.jsonl").write_text("\n".join(lines), "utf-8")
