"""How a child process lets the kernel end it: none of this needs Python to run, which the engine may not let it."""

from __future__ import annotations

import fcntl
import os
import resource
import signal

_ENGINE_MB = 128  # code, caches and the stacks of the engine's threads, which count though hardly used


def be_mortal(lifeline: int, memory_mb: int) -> None:
    """Let the kernel end this process when its parent is gone or an alarm rings, and bound its memory."""
    for number in (signal.SIGALRM, signal.SIGIO):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Nothing is ever written to the lifeline: it speaks only when its other end closes.
    fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)
    limit = (memory_mb + _ENGINE_MB) << 20
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
