"""The graph as tools for an assistant, by the Model Context Protocol: https://modelcontextprotocol.io/specification.

`make_server` offers the tools of `kg.assistant.toolbox` over a `Graph`; `serve_stdio` and `serve_http` carry that.
"""

from kg.assistant.graph import Graph
from kg.assistant.http import make_service, serve_http
from kg.assistant.server import make_server
from kg.assistant.source import Source
from kg.assistant.stdio import serve_stdio

__all__ = ["Graph", "Source", "make_server", "make_service", "serve_http", "serve_stdio"]
