"""A headless Chromium, driven over a pipe by the DevTools protocol: https://chromedevtools.github.io/devtools-protocol/"""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--remote-debugging-pipe",
)
_SECONDS = 60


def find_browser() -> str | None:
    """Where a browser is that can be driven; None where there is none."""
    return next((path for name in PROGRAMS if (path := shutil.which(name))), None)


@dataclass
class Page:
    """One page. `requested` is what it asked for, `violations` what it did, or was stopped from doing, as script."""

    reading: int
    writing: int
    session: str | None = None
    last: int = 0
    rest: bytes = b""
    requested: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """The result of one method of the protocol."""
        self.last += 1
        message = {"id": self.last, "method": method, "params": parameters}
        message |= {"sessionId": self.session} if self.session else {}
        os.write(self.writing, json.dumps(message).encode() + b"\0")
        number = self.last
        for answer in self._read(_SECONDS):
            if answer.get("id") == number:
                assert "error" not in answer, answer["error"]
                result: dict[str, Any] = answer["result"]
                return result
        raise TimeoutError(method)

    def _read(self, seconds: float) -> Iterator[dict[str, Any]]:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if b"\0" not in self.rest:
                if select.select([self.reading], [], [], left)[0]:
                    self.rest += os.read(self.reading, 1 << 20)
                continue
            message, _, self.rest = self.rest.partition(b"\0")
            answer = json.loads(message)
            self._note(answer)
            yield answer

    def _note(self, event: dict[str, Any]) -> None:
        parameters = event.get("params", {})
        match event.get("method"):
            case "Network.requestWillBeSent":
                self.requested.append(parameters["request"]["url"])
            case "Page.javascriptDialogOpening":
                self.violations.append(f"dialog: {parameters['message']}")
                self._accept()
            case "Log.entryAdded" if parameters["entry"]["source"] == "security":
                self.violations.append(parameters["entry"]["text"])
            case "Runtime.exceptionThrown":
                details = parameters["exceptionDetails"]
                self.violations.append(details.get("exception", {}).get("description", details["text"]))

    def _accept(self) -> None:
        self.last += 1
        message = {"id": self.last, "method": "Page.handleJavaScriptDialog", "params": {"accept": True}}
        os.write(self.writing, json.dumps(message | {"sessionId": self.session}).encode() + b"\0")

    def open(self, url: str) -> None:
        """Go to `url`."""
        self.call("Page.navigate", url=url)

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression, or of the promise it gives."""
        found = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def wait_for(self, expression: str, seconds: float = 30) -> Any:
        """The value of an expression once it is true."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if value := self.evaluate(expression):
                return value
            time.sleep(0.05)
        raise TimeoutError(f"never true: {expression}; {self.violations}; {self.evaluate('document.body.innerText')}")

    def rest_for(self, seconds: float) -> None:
        """Let the page go on by itself."""
        for _ in self._read(seconds):
            pass

    def take_picture(self, path: Path, *, width: int = 1280, height: int = 900) -> None:
        """What the page looks like, as PNG."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.rest_for(0.5)
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"]))


@contextmanager
def open_page(program: str, profile: Path) -> Iterator[Page]:
    """A blank page of a browser of its own, which keeps what it must in `profile`."""
    to_read, writing = os.pipe()
    reading, to_write = os.pipe()
    command = f'exec "$0" "$@" 3<&{to_read} 4>&{to_write}'
    browser = subprocess.Popen(
        ["bash", "-c", command, program, *_OPTIONS, f"--user-data-dir={profile}", "about:blank"],
        pass_fds=(to_read, to_write),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(to_read)
    os.close(to_write)
    try:
        page = Page(reading, writing)
        target = page.call("Target.createTarget", url="about:blank")["targetId"]
        page.session = page.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime"):
            page.call(f"{domain}.enable")
        yield page
    finally:
        browser.terminate()
        browser.wait()
        os.close(reading)
        os.close(writing)
