"""Folder of corpora -> windows of words with what is known of them.

A window is a run of sentences or a paragraph that the network reads at once. Treebanks are CoNLL-U
(https://universaldependencies.org/format.html); entities are token<TAB>tag lines with IOB tags; relations are the
lines of the PLOVER set.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import conllu
import spacy

# Entity labels of the corpora that are learnt; the others are nobody's need.
ENTITIES = {"Person": "PERSON", "Organization": "ORG", "Location": "LOC", "NORP": "NORP"}
# Most words of a window; about the length of a long paragraph.
MOST_WORDS = 90


@dataclass(frozen=True, slots=True)
class Window:
    """Words, and for each what a corpus says: an empty field is not annotated.

    `heads` counts from 1 within the window, 0 is the root; `starts` is true at the first word of a sentence;
    `source` names the document.
    """

    words: tuple[str, ...]
    tags: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    heads: tuple[int, ...] = ()
    labels: tuple[str, ...] = ()
    starts: tuple[bool, ...] = ()
    entities: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    actor: tuple[int, ...] = field(default=())
    recipient: tuple[int, ...] = field(default=())
    category: str = ""
    source: str = ""


def read_treebank(path: Path) -> list[list[Window]]:
    """The documents of a CoNLL-U file, each a list of one-sentence windows."""
    documents: list[list[Window]] = []
    name = ""
    with path.open(encoding="utf-8") as file:
        for sentence in conllu.parse_incr(file):
            if "newdoc id" in sentence.metadata or not documents:
                documents.append([])
                name = sentence.metadata.get("newdoc id", "")
            documents[-1].append(replace(_to_window(sentence), source=name))
    return documents


def _to_window(sentence: conllu.TokenList) -> Window:
    words = [token for token in sentence if isinstance(token["id"], int)]
    return Window(
        words=tuple(t["form"].replace(" ", "") for t in words),
        tags=tuple(t["xpos"] or "_" for t in words),
        parts=tuple(t["upos"] for t in words),
        features=tuple("|".join(f"{k}={v}" for k, v in sorted((t["feats"] or {}).items())) for t in words),
        heads=tuple(t["head"] for t in words),
        labels=tuple(t["deprel"] for t in words),
        starts=tuple(i == 0 for i in range(len(words))),
        kinds=tuple(_kinds(words)),
    )


_ENTITY = re.compile(r"\((\d+)[^-()]*-([a-z]+)[^()]*(\))?|(\d+)(?:\[[^]]*\])?\)")


def _kinds(words: list[conllu.Token]) -> list[str]:
    """What each word names that heads a phrase of GUM's entity layer: person, place, organization ...; else ""."""
    found = [""] * len(words)
    open_at: dict[str, list[tuple[int, str]]] = {}
    for i, word in enumerate(words):
        for number, kind, closed, closing in _ENTITY.findall((word["misc"] or {}).get("Entity") or ""):
            if number:
                open_at.setdefault(number, []).append((i, kind))
            if (closed or closing) and open_at.get(number or closing):
                start, own = open_at[number or closing].pop()
                found[_head(words, start, i)] = own
    return found


def _head(words: list[conllu.Token], start: int, end: int) -> int:
    """The word of the phrase `start` to `end`, both within, whose head lies outside."""
    return next(
        (i for i in range(start, end + 1) if not start < words[i]["head"] <= end + 1 and words[i]["head"] != start + 1),
        start,
    )


def join(sentences: list[Window]) -> Window:
    """One window of several sentences that follow each other."""
    heads: list[int] = []
    for sentence in sentences:
        offset = len(heads)
        heads.extend(h + offset if h else 0 for h in sentence.heads)
    return Window(
        words=tuple(w for s in sentences for w in s.words),
        tags=tuple(t for s in sentences for t in s.tags),
        parts=tuple(p for s in sentences for p in s.parts),
        features=tuple(f for s in sentences for f in s.features),
        heads=tuple(heads),
        labels=tuple(x for s in sentences for x in s.labels),
        starts=tuple(x for s in sentences for x in s.starts),
        kinds=tuple(x for s in sentences for x in s.kinds),
    )


def draw_windows(documents: list[list[Window]], chance: random.Random) -> Iterator[Window]:
    """Windows that cover all `documents` once, each a run of sentences of a random length."""
    for document in documents:
        run: list[Window] = []
        most = chance.choice((0, 20, 40, 60, MOST_WORDS))
        for sentence in document:
            if run and sum(len(s.words) for s in run) + len(sentence.words) > most:
                yield join(run)
                run, most = [], chance.choice((0, 20, 40, 60, MOST_WORDS))
            run.append(sentence)
        if run:
            yield join(run)


def is_held_out(name: str) -> bool:
    """True for one file in ten, by the hash of its name: never trained on."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 10 == 0


def read_entities(folder: Path, *, held_out: bool) -> list[Window]:
    """The paragraphs of the entity files that are (or are not) held out, long ones cut."""
    found: list[Window] = []
    for path in sorted(folder.glob("*.tsv")):
        if is_held_out(path.name) is held_out:
            for paragraph in re.split(r"\n[ \t]*\n", path.read_text("utf-8")):
                found.extend(_paragraph(paragraph))
    return found


def _paragraph(text: str) -> Iterator[Window]:
    cells = [line.split("\t") for line in text.splitlines() if "\t" in line]
    rows = [(row[0].strip(), row[1].strip()) for row in cells if row[0].strip()]
    while rows:
        cut = len(rows)
        if cut > MOST_WORDS:  # at the last end of a sentence, if there is one
            cut = next((i + 1 for i in range(MOST_WORDS, 20, -1) if rows[i][0] in {".", "?", "!"}), MOST_WORDS)
        head, rows = rows[:cut], rows[cut:]
        yield Window(words=tuple(w for w, _ in head), entities=tuple(_entities([tag for _, tag in head])))


def _entities(tags: list[str]) -> Iterator[str]:
    """Tags with our labels, every entity begun by B."""
    before = "O"
    for tag in tags:
        kind = ENTITIES.get(tag[2:], "")
        mine = "O" if not kind else ("I-" if tag[0] == "I" and before[2:] == kind else "B-") + kind
        yield mine
        before = mine


def read_relations(path: Path, *, held_out: bool | None = None) -> list[Window]:
    """Sentences with the words of actor and recipient marked and the category of the act between them."""
    tokenizer = spacy.blank("en")
    found = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        if held_out is None or is_held_out_relation(row["id"]) is held_out:
            doc = tokenizer.make_doc(row["sentence"])
            words = [t for t in doc if not t.is_space]
            marks = {tag: _marked(row["marked"], tag) for tag in "st"}
            inside = {
                tag: tuple(i for i, t in enumerate(words) if any(a < t.idx + len(t) and t.idx < b for a, b in spans))
                for tag, spans in marks.items()
            }
            found.append(
                Window(
                    words=tuple(t.text for t in words),
                    actor=inside["s"],
                    recipient=inside["t"],
                    category=row["category"],
                )
            )
    return found


def is_held_out_relation(name: str) -> bool:
    """True for one sentence in five, by the hash of its ID."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 5 == 0


def _marked(text: str, tag: str) -> list[tuple[int, int]]:
    """Offsets in the unmarked text of what stands between <tag> and </tag>."""
    found, plain, start = [], 0, 0
    for piece in re.split(r"(</?[st]>)", text):
        if piece == f"<{tag}>":
            start = plain
        elif piece == f"</{tag}>":
            found.append((start, plain))
        elif not re.fullmatch(r"</?[st]>", piece):
            plain += len(piece)
    return found


def recase(window: Window, chance: random.Random, *, share: float) -> Window:
    """`window`, or with probability `share` as a headline, in capitals or in lower case, as careless texts have it."""
    if chance.random() >= share:
        return window
    change = chance.choice((str.lower, str.upper, _headline, _headline))
    return replace(window, words=tuple(change(word) for word in window.words))


def _headline(word: str) -> str:
    return word if word in {"a", "an", "the", "of", "in", "on", "to", "and", "for"} else word[:1].upper() + word[1:]
