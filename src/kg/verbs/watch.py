"""`kg watch`: the graph kept current."""

from __future__ import annotations

from contextlib import nullcontext, suppress
from typing import Annotated

import typer

from kg import terminal
from kg.verbs.options import DataOption, settings_for
from kg.verbs.stopped import Stopped
from kg.watch import Told, open_watcher


def watch(
    names: Annotated[list[str], typer.Argument(metavar="DIR|FEED", help="Folders, and addresses of feeds.")],
    data: DataOption = None,
    every: Annotated[str, typer.Option(help="How often to visit feeds: 15m, 2h, 1d.")] = "15m",
    to: Annotated[str | None, typer.Option(help="Send articles to the service at this address instead.")] = None,
    once: Annotated[bool, typer.Option("--once", help="Take in what is new, and end.")] = False,
) -> None:
    """Keep the graph current with folders and feeds, until it is stopped."""
    told, refused = Told(terminal.tell, terminal.tell_refusal), 0
    # To be stopped is how watching ends well; who asks for one pass wants all of it.
    ending = nullcontext() if once else suppress(Stopped)
    with ending, open_watcher(names, settings_for(data), told, every=every, to=to, once=once) as watcher:
        try:
            if once:
                watcher.run_once()
                refused = watcher.tally.refused
            else:
                terminal.tell(f"Watching {', '.join(names)} (Ctrl-C stops)")
                watcher.run()
        finally:
            terminal.tell(f"{watcher.tally} in all{watcher.place.describe()}.")
    raise typer.Exit(1 if refused else 0)
