"""Political news in, an RDF graph of states, officials, statements and events out, each fact with its words."""

import importlib
from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.research import Graph as Graph

__version__ = version("geokg")
__all__ = ["Graph", "__version__"]


def __getattr__(name: str) -> object:
    """`Graph`, loaded when it is first asked for: pandas and matplotlib take a second that no command should wait."""
    if name != "Graph":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        return importlib.import_module("kg.research").Graph
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "kg":
            raise
        message = f"kg.Graph needs {error.name}, which is not installed: pip install 'geokg[research]'"
        raise ImportError(message, name=error.name) from error


def __dir__() -> list[str]:
    """What is public, what is not loaded yet included."""
    return sorted({*globals(), *__all__})
