"""Political news in, an RDF graph of states, officials, statements and events out, each fact with its words."""

from importlib.metadata import version

__version__ = version("geokg")
__all__ = ["__version__"]
