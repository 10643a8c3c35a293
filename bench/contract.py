"""The service against its own OpenAPI description: what Schemathesis makes of it.

    python bench/contract.py [--examples 50]

`kg serve` is started here, on a data directory made of data/samples, and asked what its description allows and what
it does not. The command fails where an answer is a fault of the service, or has a status or a media type that is not
in the description. Schemathesis lives in an environment of its own under .peers/, made when it is first asked for.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from hostile.serving import ROOT, make_data, make_environment, serving

REQUIREMENT = "schemathesis==4.32.5"
# Whether a text is SPARQL, Turtle or an article, no JSON Schema can say: so not what is refused, but how, is asked.
CHECKS = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance",
    "response_headers_conformance", "unsupported_method", "missing_required_header", "ignored_auth",
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--examples", type=int, default=50, help="how many of each operation")
    parser.add_argument("--port", type=int, default=8271)
    parser.add_argument("--data", type=Path, help="a data directory; a copy of it is asked")
    args = parser.parse_args()
    environment = make_environment(args.port)
    with tempfile.TemporaryDirectory() as name:
        data = Path(name) / "data"
        make_data(data, args.data, environment)
        with serving(data, args.port, environment, Path(name) / "log"):
            done = subprocess.run(
                [
                    find_program(),
                    "run",
                    f"http://127.0.0.1:{args.port}/openapi.json",
                    "--no-color",
                    "--header",
                    f"Authorization: Bearer {environment['KG_WRITE_TOKEN']}",
                    "--seed",
                    "4",
                    "--max-examples",
                    str(args.examples),
                    "--checks",
                    ",".join(CHECKS),
                    "--request-timeout",
                    "30",
                    "--phases",
                    "examples,coverage,fuzzing",
                    "--continue-on-failure",
                ],
                cwd=name,
            )
        log = (Path(name) / "log").read_text("utf-8", "replace")
    sys.exit(log if "Traceback" in log else done.returncode)


def find_program() -> str:
    """Where Schemathesis is, installed if need be."""
    home = ROOT / ".peers" / REQUIREMENT.replace("=", "-")
    if not (home / "ready").exists():
        venv.create(home, with_pip=True, clear=True)
        subprocess.run([home / "bin" / "pip", "install", "-qq", REQUIREMENT], check=True)
        (home / "ready").touch()
    return str(home / "bin" / "schemathesis")


if __name__ == "__main__":
    main()
