"""Folders and feeds -> a graph that is kept current, in a data directory or by a running service."""

from kg.watch.opening import open_watcher
from kg.watch.watcher import Told, Watcher

__all__ = ["Told", "Watcher", "open_watcher"]
