"""`python -m kg`: the same as `kg`."""

from kg.cli import main

main()
