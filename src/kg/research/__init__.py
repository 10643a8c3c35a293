"""The graph in Python: `from kg import Graph`, then frames, networks, plots and the words behind every fact."""

from kg.research.graph import Graph

__all__ = ["Graph"]
