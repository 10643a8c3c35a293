"""Article -> Findings: what the words say, by rules over them and the trees that the language engine gives them."""

from kg.extract.extractor import Extractor

__all__ = ["Extractor"]
