"""A process that writes one export to standard output, for the service, and may die of it.

It reads the journal, at the lowest priority, and is told in JSON what to write. Its parent, `kg.web.exports`, reads
frames (`kg.index.frames`). The kernel ends it when it is past its memory or the parent goes.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from kg.errors import KgError
from kg.export import OUTPUTS, select
from kg.exporter import open_exporter
from kg.index.frames import END, ERROR, DataWriter, write_frame, write_json
from kg.index.mortality import be_mortal
from kg.settings import Settings

_LOWEST_PRIORITY = 19


def main(config: Mapping[str, Any]) -> None:
    """Write what `config` asks for.

    It holds `data` and `base_iri`, the name of the `file` (of `kg.export.OUTPUTS`), the `criteria` of `select`,
    `memory_mb` and the descriptor of the `lifeline`.
    """
    be_mortal(config["lifeline"], config["memory_mb"])
    os.nice(_LOWEST_PRIORITY)
    answers = os.fdopen(1, "wb")
    try:
        _write(DataWriter(answers, {}, lambda _: None), config)
    except KgError as error:
        write_json(answers, ERROR, {"error": type(error).__name__, "message": str(error)})
    except MemoryError:
        os.abort()
    else:
        write_frame(answers, END)


def _write(file: DataWriter, config: Mapping[str, Any]) -> None:
    settings = Settings(data=Path(config["data"]), base_iri=config["base_iri"])
    selection = select(**config["criteria"])
    with open_exporter(settings) as exporter:
        exporter.write(OUTPUTS[config["file"]], selection, cast("Any", file))
    file.finish()


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
