"""The page that explains a release to who unpacks it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from kg.export.release import RIGHTS, Imprint, Member, Origin


def readme_member(members: Sequence[Member], origin: Origin, imprint: Imprint) -> Member:
    """The page, as a member beside `members`."""
    text = _text(members, origin, imprint).encode()

    def write(file: BinaryIO) -> None:
        file.write(text)

    return Member(
        path="README.md",
        name="README",
        description="What is in this release, where it comes from, and who may use it.",
        media_types=("text/markdown",),
        write=write,
        is_result=False,
    )


def _text(members: Sequence[Member], origin: Origin, imprint: Imprint) -> str:
    rows = "\n".join(f"| `{member.path}` | {member.name}. {member.description} |" for member in members)
    software = "".join(f"- {one.label}, {', '.join(one.models)}\n" for one in origin.software.values())
    read = f"Read by\n\n{software}\nthe last of them on {origin.ended[1]}.\n" if origin.ended else ""
    publisher = imprint.publisher or f"whoever runs {imprint.base_iri}"
    return f"""# {imprint.title}

{origin.summary} Published by {publisher} on {imprint.published_on(origin)}.

`ro-crate-metadata.json` says the same to programs: this folder is an RO-Crate, https://www.researchobject.org/ro-crate/.

## Files

| file | what it holds |
|---|---|
{rows}

## Where it comes from

{read}
Every event and statement has the words of an article behind it: the sentence, and where it stands in the text.

## Who may use it

{RIGHTS}

{f"Licence of all else: {imprint.license}" if imprint.license else "No licence was chosen for all else."} Ontology and \
shapes: Apache License 2.0.
"""
