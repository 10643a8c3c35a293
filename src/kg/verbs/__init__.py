"""The verbs of `kg` that are more than a few lines, one module each."""
