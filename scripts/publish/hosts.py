"""The addresses at which a local server listens, and the hosts of requests it answers."""

from __future__ import annotations

import ipaddress
import re

MAX_PORT = 65_535
_HOST = r"(?:\[(?P<v6>[0-9A-Fa-f:.]+)\]|(?P<name>[^\s:/\[\]]+))"
_ADDRESS = re.compile(rf"{_HOST}:(?P<port>[0-9]{{1,5}})")
_HOST_HEADER = re.compile(rf"{_HOST}(?::[0-9]{{1,5}})?")


def split(address: str) -> tuple[str, int]:
    """Return the host and the port of an address such as `[::1]:8000`.

    Raise ValueError for any other text.
    """
    found = _ADDRESS.fullmatch(address)
    if not found or int(found["port"]) > MAX_PORT:
        raise ValueError(
            f"must be a host and a port such as '127.0.0.1:8000' (got '{address[:60]}')"
        )
    return found["v6"] or found["name"], int(found["port"])


def is_loopback(host: str) -> bool:
    """Return whether a host can be reached from this machine only."""
    number = _ip_address(host)
    return host.lower() == "localhost" or (number is not None and number.is_loopback)


def is_allowed(host_header: str | None, bound: str) -> bool:
    """Return whether a server that is bound to a host answers a request with this Host header.

    It answers where the header names the bound host, a loopback host, or any IP address while it
    is bound to all of them. It refuses other names: a page of another site could have its own name
    resolve to this machine (DNS rebinding), and would then read everything that is served.
    """
    if host_header is None:  # browsers always send one
        return True
    found = _HOST_HEADER.fullmatch(host_header)
    if not found:
        return False
    host = found["v6"] or found["name"]
    number, own = _ip_address(host), _ip_address(bound)
    if number and own and own.is_unspecified:
        return True
    return is_loopback(host) or host.lower() == bound.lower() or (number and number == own) is True


def _ip_address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
