"""Drives a Firefox as it comes, by the protocol that it speaks itself (Marionette)."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # how WebDriver names an element in JSON
_START_SECONDS = 60


class Firefox:
    """A Firefox without a window, with a profile of its own in a folder."""

    def __init__(self, program: str, profile: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        profile.mkdir(exist_ok=True)
        # Marionette would recommend settings of its own, such as files that may read each other.
        settings = (
            f'user_pref("marionette.port", {port});\n'
            'user_pref("remote.prefs.recommended", false);\n'
        )
        (profile / "user.js").write_text(settings, encoding="utf-8")
        command = [program, "--headless", "--marionette", "--no-remote", "--profile", str(profile)]
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet)
        try:
            self._socket = self._connected(port)
            self._number = 0
            self._heard()  # what it says of itself
            self._ask("WebDriver:NewSession", {})
            self._ask("WebDriver:SetWindowRect", {"width": 1280, "height": 900})
        except BaseException:
            self.close()
            raise

    def _connected(self, port: int) -> socket.socket:
        end = time.monotonic() + _START_SECONDS
        while True:
            try:
                return socket.create_connection(("127.0.0.1", port), timeout=60)
            except OSError:
                if self._process.poll() is not None or time.monotonic() > end:
                    raise RuntimeError("Firefox did not start") from None
                time.sleep(0.1)

    def close(self) -> None:
        """End it."""
        if hasattr(self, "_socket"):
            self._socket.close()
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def open(self, address: str) -> None:
        """Open a page, and wait until it is loaded."""
        self._ask("WebDriver:Navigate", {"url": address})

    def ask(self, script: str) -> Any:
        """Return what a script returns on the page that is open."""
        return self._ask("WebDriver:ExecuteScript", {"script": script, "args": []})["value"]

    def click(self, selector: str) -> None:
        """Click on the first element that a selector finds."""
        self._ask("WebDriver:ElementClick", {"id": self._found(selector)})

    def type(self, selector: str, text: str) -> None:
        """Type a text into the first element that a selector finds."""
        self._ask("WebDriver:ElementSendKeys", {"id": self._found(selector), "text": text})

    def _found(self, selector: str) -> str:
        named = {"using": "css selector", "value": selector}
        return str(self._ask("WebDriver:FindElement", named)["value"][_ELEMENT])

    def _ask(self, command: str, parameters: dict[str, Any]) -> Any:
        """Return the answer to a command. Raise RuntimeError for an error."""
        self._number += 1
        message = json.dumps([0, self._number, command, parameters]).encode()
        self._socket.sendall(b"%d:%b" % (len(message), message))
        _, _, error, result = self._heard()
        if error:
            raise RuntimeError(f"{command}: {error['error']}: {error['message']}")
        return result

    def _heard(self) -> Any:
        """Return the next message: its length in digits, a colon, and JSON."""
        digits = b""
        while (byte := self._socket.recv(1)) not in (b":", b""):
            digits += byte
        content = bytearray()
        while len(content) < int(digits):
            content += self._socket.recv(int(digits) - len(content))
        return json.loads(content)
