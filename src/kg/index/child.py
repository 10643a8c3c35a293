"""A process that works for this one and may die of it: how it is started, spoken to, and ended.

The other side of it is `kg.index.mortality`, which lets the kernel end it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import IO, Any

from kg.errors import IndexStoreError

_SECRET = "KG_WRITE_TOKEN"


class Child:
    """A process that runs `module` with a configuration in JSON: frames go in and come out (`kg.index.frames`)."""

    def __init__(self, module: str, config: Mapping[str, Any], *, purpose: str) -> None:
        """Start it; `config` is given on, with the descriptor of its `lifeline`.

        Raises:
            IndexStoreError: it cannot be started; `purpose` says what for, as in "to answer queries".
        """
        lifeline, self._lifeline = os.pipe()
        try:
            # -P: nothing in the working directory is taken for a module. What the engine prints while it dies is no
            # message for a person; how it died is in the exit status.
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", module, json.dumps({**config, "lifeline": lifeline})],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                pass_fds=(lifeline,),
                # It reads what strangers send: it is not told what it need not know.
                env={name: value for name, value in os.environ.items() if name != _SECRET},
            )
        except OSError as error:
            os.close(self._lifeline)
            raise IndexStoreError(f"cannot start a process {purpose}: {error.strerror}") from error
        finally:
            os.close(lifeline)
        self._is_open = True

    @property
    def stdin(self) -> IO[bytes]:
        """What it reads."""
        assert self.process.stdin
        return self.process.stdin

    @property
    def stdout(self) -> IO[bytes]:
        """What it writes."""
        assert self.process.stdout
        return self.process.stdout

    def kill(self) -> None:
        """End it at once; a thread that waits for it is told."""
        self.process.kill()
        self.process.wait()

    def close(self) -> None:
        """End it and let go of its pipes; done twice, it does nothing."""
        self.kill()
        for pipe in (self.stdin, self.stdout):
            with suppress(BrokenPipeError):
                pipe.close()
        if self._is_open:
            os.close(self._lifeline)
            self._is_open = False
