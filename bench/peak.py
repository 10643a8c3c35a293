"""The most memory that a command holds, in MB: `peak.py COMMAND...`, what it prints thrown away.

A process of its own and a small one, since Linux counts for a new process also what the one that starts it holds.
"""

from __future__ import annotations

import resource
import subprocess
import sys


def main() -> None:
    done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=False)
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000)
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
