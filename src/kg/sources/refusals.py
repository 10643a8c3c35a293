"""Why a file, or a part of one, is not read: the lines that all kinds of files share."""

from __future__ import annotations

from kg.types import Refusal


def refuse(name: str, reason: str) -> Refusal:
    """`name` is not read, for `reason`, which is put in one line whatever of the file it quotes."""
    return Refusal(name, "read", " ".join(reason.split()))


def refuse_size(name: str, size: int | None, max_bytes: int) -> Refusal:
    """`name` is larger than `max_bytes`; its size may not be known."""
    found = f"{size / 1e6:.1f} MB is" if size else "it is"
    return refuse(name, f"{found} over the limit of {max_bytes / 1e6:g} MB; split it or raise KG_MAX_BODY_MB")


def refuse_error(name: str, error: OSError) -> Refusal:
    """`name` cannot be opened or read."""
    reasons = {FileNotFoundError: "there is no such file", PermissionError: "no permission to read it"}
    return refuse(name, reasons.get(type(error), error.strerror or "it cannot be read"))
