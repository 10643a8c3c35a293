"""Article -> Findings: what the words say. The only room that knows spaCy."""

from kg.extract.extractor import Extractor

__all__ = ["Extractor"]
