"""The rules that the names of records are free, and their addresses short enough."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen import addresses
from sitegen.model.problems import Problem
from sitegen.read.load import Loaded


def former_names_are_free(loaded: Loaded) -> Iterator[Problem]:
    """A name that a record had before is not the name, now or before, of another of its kind."""
    for folder, records in loaded.site.records.items():
        held: dict[str, str] = {}
        for record in records.values():
            for number, name in enumerate(record.formerly):
                holder = records[name].path if name in records else held.get(name)
                if holder or loaded.is_unread(folder, name):
                    where = holder or f"data/{folder}/{name}.yml"
                    message = f"formerly: '{name}' leads to {where} already"
                    yield loaded.problem(record, ("formerly", number), message)
                held.setdefault(name, record.path)


def names_leave_the_addresses_of_the_site(loaded: Loaded) -> Iterator[Problem]:
    """No name of a record, now or before, gives it the address of a page or file of the site."""
    taken = {address.casefold(): address for address in addresses.of_site()}
    for record in loaded.site.all():
        for address in addresses.of_record(record.folder, record.id):
            if address.casefold() in taken:
                message = f"the file's name '{record.id}' is not free: {address} is published"
                yield loaded.problem(record, (), message)
        for number, name in enumerate(record.formerly):
            page = addresses.of_page(record.folder, name)
            if page and page.casefold() in taken:
                message = f"formerly: '{name}' is not free: {page} is published"
                yield loaded.problem(record, ("formerly", number), message)


def addresses_are_short_enough(loaded: Loaded) -> Iterator[Problem]:
    """The path of every page and file in the archive is short enough for every system."""
    identity = loaded.site.identity
    room = addresses.LONGEST_PATH - len(f"{identity.name}-{identity.version}/")
    if len(identity.name) > addresses.LONGEST_NAME_OF_SITE:
        message = f"name must be at most {addresses.LONGEST_NAME_OF_SITE} characters"
        yield loaded.identity_problem("name", message)
        return
    for record in loaded.site.all():
        names = (
            ((), record.id),
            *((("formerly", n), old) for n, old in enumerate(record.formerly)),
        )
        for where, name in names:
            longest = max(addresses.of_record(record.folder, name), key=len)
            if len(longest) > room:
                message = f"'{name}' is too long a name: {longest} may have {room} characters"
                yield loaded.problem(record, where, message)
