"""The service: SPARQL, articles in, linked data and plain pages out, over HTTP."""

from kg.web.app import create_app

__all__ = ["create_app"]
