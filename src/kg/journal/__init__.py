"""The durable record: what was accepted, what was refused, what was removed."""

from kg.journal.journal import FILE, Journal
from kg.journal.schema import VERSION
from kg.journal.snapshot import Snapshot

__all__ = ["FILE", "VERSION", "Journal", "Snapshot"]
