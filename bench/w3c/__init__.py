"""The W3C's tests of SPARQL, black box: manifests in, requests over HTTP, what passed and what did not out."""
