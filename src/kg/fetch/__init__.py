"""Addresses -> Documents: pages, and feeds item by item. Only ever asked by the command line, never by the service."""

from kg.fetch.address import is_address
from kg.fetch.client import Client
from kg.fetch.fetcher import Fetcher
from kg.fetch.find import Find, Settling
from kg.fetch.kind import is_feed
from kg.fetch.memory import MEMORY_FILE, Memory
from kg.fetch.sender import SENT_FORMATS, Sender

__all__ = [
    "MEMORY_FILE",
    "SENT_FORMATS",
    "Client",
    "Fetcher",
    "Find",
    "Memory",
    "Sender",
    "Settling",
    "is_address",
    "is_feed",
]
