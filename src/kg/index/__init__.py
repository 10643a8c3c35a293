"""The derived index: made from the journal, thrown away and made again at will, and asked by SPARQL.

Nothing is imported here: a reader process starts by importing this package and must start fast.
"""
