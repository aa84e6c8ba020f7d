"""Edge: whom a server on this machine answers: addresses to listen at, and hosts of requests."""

from __future__ import annotations

import ipaddress
import re

MAX_PORT = 65_535
_HOST = r"(?:\[(?P<v6>[0-9A-Fa-f:.]+)\]|(?P<name>[^\s:/\[\]]+))"
_ADDRESS = re.compile(rf"{_HOST}:(?P<port>[0-9]{{1,5}})")
_NAMED = re.compile(rf"{_HOST}(?::[0-9]{{1,5}})?")


def split(address: str) -> tuple[str, int]:
    """Return the host and the port of an address such as `[::1]:8000`. Raise ValueError else."""
    found = _ADDRESS.fullmatch(address)
    if not found or int(found["port"]) > MAX_PORT:
        raise ValueError(
            f"must be a host and a port such as '127.0.0.1:8000' (got '{address[:60]}')"
        )
    return found["v6"] or found["name"], int(found["port"])


def is_loopback(host: str) -> bool:
    """Return whether a host can be reached from this machine only."""
    number = _number(host)
    return host.lower() == "localhost" or (number is not None and number.is_loopback)


def is_for_us(named: str | None, bound: str) -> bool:
    """Return whether a request that names a host is meant for a server that is bound to one.

    The host is the bound one, or this machine, or a number where every number is bound. A page
    of another site can have its own name lead here, and would then read all that is served.
    """
    if named is None:  # no browser leaves it out
        return True
    found = _NAMED.fullmatch(named)
    if not found:
        return False
    host = found["v6"] or found["name"]
    number, ours = _number(host), _number(bound)
    if number and ours and ours.is_unspecified:
        return True
    return is_loopback(host) or host.lower() == bound.lower() or (number and number == ours) is True


def _number(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
