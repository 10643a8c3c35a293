from __future__ import annotations

import subprocess
import sys

LATE = ("mcp", "kg.assistant", "jsonschema", "cryptography")


def test_other_verbs_do_not_load_it() -> None:
    code = f"import sys, kg.cli, kg.index.reader_process; print([name for name in {LATE} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
