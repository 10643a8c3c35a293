"""The durable record: what was accepted, what was refused, what was removed."""

from kg.journal.journal import FILE, Journal
from kg.journal.schema import VERSION

__all__ = ["FILE", "VERSION", "Journal"]
