"""Findings -> Facts: what the words mean."""

from kg.resolve.resolver import resolve

__all__ = ["resolve"]
