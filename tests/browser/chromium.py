"""A real Chromium, spoken to over its debugging pipe: as little of the DevTools protocol as the tests need.

The protocol is JSON objects parted by NUL bytes, read from file descriptor 3 and written to 4
(https://chromedevtools.github.io/devtools-protocol/).
"""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome")
SECONDS = 30  # that any one step may take
SWITCHES = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
)


def find_chromium() -> str | None:
    """The program on this machine, or None."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


class BrowserProblem(RuntimeError):
    """The browser did not do what it was asked."""


@dataclass
class Browser:
    """One page in one browser. Shapes of answers are those of the DevTools protocol."""

    write_to: int
    read_from: int
    session: str | None = None
    events: list[dict[str, Any]] = field(default_factory=list)
    _number: int = 0
    _rest: bytes = b""

    def call(self, method: str, **values: object) -> Any:
        """Calls a method of the protocol and gives its result."""
        self._number += 1
        message: dict[str, object] = {"id": self._number, "method": method, "params": values}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.write_to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._message()
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise BrowserProblem(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def _message(self) -> dict[str, Any]:
        """The next message of the browser."""
        until = time.monotonic() + SECONDS
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self.read_from], [], [], max(0.0, until - time.monotonic()))
            part = os.read(self.read_from, 1 << 20) if ready else b""
            if not part:
                raise BrowserProblem("the browser is silent")
            self._rest += part
        message, _, self._rest = self._rest.partition(b"\0")
        parsed: dict[str, Any] = json.loads(message)
        return parsed

    def attach(self) -> None:
        """Opens an empty page and speaks to it from now on."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self.call(f"{domain}.enable")

    def resize(self, width: int, height: int, *, dark: bool = False) -> None:
        """Sets the size of the window in CSS pixels, and light or dark."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 600,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        motion = {"name": "prefers-reduced-motion", "value": "reduce"}
        self.call("Emulation.setEmulatedMedia", features=[scheme, motion])

    def switch_scripts(self, *, on: bool) -> None:
        """Lets the pages run scripts, or not; what `evaluate` asks runs in any case."""
        self.call("Emulation.setScriptExecutionDisabled", value=not on)

    def open(self, address: str) -> None:
        """Loads a page with its pictures."""
        self.events.clear()
        problem = self.call("Page.navigate", url=address).get("errorText")
        if problem:
            raise BrowserProblem(f"{address}: {problem}")
        until = time.monotonic() + SECONDS
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            if time.monotonic() > until:
                raise BrowserProblem(f"{address}: not loaded")
            self.events.append(self._message())

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression in the page; promises are waited for."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise BrowserProblem(f"{expression}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def settle(self) -> None:
        """Waits until what was done shows: two frames."""
        self.evaluate(
            "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))"
        )

    def complaints(self) -> list[str]:
        """What the page wrote to the console as errors, such as breaches of the content policy."""
        entries = (e["params"]["entry"] for e in self.events if e.get("method") == "Log.entryAdded")
        return [f"{entry['text']} {entry.get('url', '')}" for entry in entries if entry["level"] == "error"]

    def press(self, key: str) -> None:
        """Presses and lets go of a key that writes itself."""
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, text=key if kind == "keyDown" else "")

    def take_picture(self, path: Path) -> None:
        """Writes what the window shows as a PNG file."""
        self.evaluate(
            "Promise.all([...document.images].filter(i => i.checkVisibility()).map(i => i.decode().catch(() => 0))).then(() => 1)"
        )
        picture = self.call("Page.captureScreenshot", format="png")["data"]
        path.write_bytes(base64.b64decode(picture))


@contextmanager
def open_browser(program: str) -> Iterator[Browser]:
    """A fresh browser, gone with all its processes afterwards."""
    their_in, our_out = os.pipe()
    our_in, their_out = os.pipe()
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [program, *SWITCHES, f"--user-data-dir={profile}"]
        process = _start(command, {3: their_in, 4: their_out})
        os.close(their_in)
        os.close(their_out)
        try:
            browser = Browser(our_out, our_in)
            browser.attach()
            yield browser
        finally:
            os.close(our_out)
            os.close(our_in)
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _start(command: list[str], pipes: Mapping[int, int]) -> subprocess.Popen[bytes]:
    """Starts a program in a group of its own, with pipes at the numbers that it expects."""
    redirections = " ".join(f"{wanted}{'<' if wanted == 3 else '>'}&{have}" for wanted, have in pipes.items())
    return subprocess.Popen(
        ["/bin/bash", "-c", f'exec "$@" {redirections}', "bash", *command],
        pass_fds=tuple(pipes.values()),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
