"""Findings -> Facts: what the words mean, and how sure that is."""

from kg.resolve.resolver import resolve

__all__ = ["resolve"]
