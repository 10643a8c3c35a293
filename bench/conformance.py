"""A copy of the W3C's tests -> what the service, and peers beside it, make of them; docs/conformance.md says more.

    python bench/conformance.py RDF-TESTS [--peers oxigraph rdflib-endpoint] [--write]

Each service is started here, on an empty data directory, once for each suite, and asked over HTTP like any stranger
would. What went wrong is told as it happens. With `--write` the tables go into docs/conformance.md. The command fails
where the service fails a test that bench/w3c/reasons.toml does not explain.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from page import fill
from w3c.loading import NO_STORE
from w3c.manifest import Copy
from w3c.outcomes import failures_table, no_longer_true, read_reasons, run_table, scores_table, unexplained
from w3c.servers import OTHERS, OURS, ROOT, Kind
from w3c.suites import Outcome, Suite, find_suites, take

PAGE = ROOT / "docs" / "conformance.md"
PORT = 8220


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tests", type=Path, help="a copy of github.com/w3c/rdf-tests")
    parser.add_argument("--peers", nargs="*", default=[], help=f"services beside ours, of {', '.join(OTHERS)}")
    parser.add_argument("--suite", default="", help="only suites with this in their name")
    parser.add_argument("--port", type=int, default=PORT, help="where the services run")
    parser.add_argument("--source", help="what the copy is, for the page; without it, the commit that it is of")
    parser.add_argument("--write", action="store_true", help="write the tables into docs/conformance.md")
    args = parser.parse_args()
    if strange := set(args.peers) - set(OTHERS):
        parser.error(f"no such peer: {', '.join(sorted(strange))}")
    if args.write and args.suite:
        parser.error("the page has all suites: --write goes without --suite")
    try:
        suites = [suite for suite in find_suites(Copy(args.tests.resolve())) if args.suite in suite.name]
    except OSError as error:
        parser.error(f"this is no whole copy of rdf-tests: {error}")
    outcomes = {kind.title: tell(kind, suites, args.port) for kind in (OURS, *(OTHERS[name] for name in args.peers))}
    ours, reasons = outcomes[OURS.title], read_reasons()
    tables = {
        "run": run_table(args.source or find_commit(args.tests), date.today()),
        "scores": scores_table(outcomes),
        "failures": failures_table(OURS.title, outcomes, reasons),
    }
    print("", *tables.values(), sep="\n\n")
    if args.write:
        PAGE.write_text(fill(PAGE.read_text("utf-8"), tables), "utf-8")
    for test in no_longer_true(ours, reasons):
        print(f"passes in this copy, and has a reason why it would not: {test}")
    sys.exit("\n".join(f"not explained: {test}" for test in unexplained(ours, reasons)) or 0)


def find_commit(folder: Path) -> str:
    """What a copy says it is."""
    found = subprocess.run(
        ["git", "-C", folder, "log", "-1", "--format=w3c/rdf-tests, commit %h of %cs"],
        capture_output=True,
        text=True,
        check=False,
    )
    return found.stdout.strip() or "a copy without its history"


def tell(kind: Kind, suites: Sequence[Suite], port: int) -> list[Outcome]:
    """What a service makes of the tests; what goes wrong is told at once."""
    outcomes = []
    for outcome in take(kind, suites, port):
        outcomes.append(outcome)
        if outcome.fault not in (None, NO_STORE):
            print(f"{kind.name}: {outcome.test}: {outcome.fault}", flush=True)
    return outcomes


if __name__ == "__main__":
    main()
