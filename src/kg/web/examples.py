"""The example queries, as the pages offer them."""

from kg.examples import Example, load_examples

__all__ = ["Example", "load_examples"]
