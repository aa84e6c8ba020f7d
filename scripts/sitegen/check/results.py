"""The rules on arms, results and counts: no part is larger than its whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from sitegen.check.dosages import amount_of, is_above, is_noted
from sitegen.check.wording import listed_in_part, mend_or_note
from sitegen.derive.participants import sized_arms, sum_of_arms
from sitegen.derive.shares import disagreeing_share, rounds_to
from sitegen.model import (
    Arm,
    Caution,
    Experiment,
    GroupCount,
    HarmEvent,
    Record,
    Reported,
    Result,
    Study,
)
from sitegen.model.fields import field_of
from sitegen.model.problems import Problem, nearest
from sitegen.model.quantity import Quantity, sum_of, three_figures, write_number
from sitegen.model.record import KeyPath
from sitegen.read.load import Loaded


def arms_add_up_to_the_participants(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """The sizes of all arms sum to the stated number of participants; of some, to no more.

    A note on the number may say why not, as where the same people were in each arm; but no arm is
    larger than all.
    """
    if not isinstance(record, Study):
        return
    stated = record.participants.value
    sizes = [size for _, size in sized_arms(record)]
    if not isinstance(stated, Quantity) or not sizes:
        return
    total = sum_of(sizes)
    too_many = is_above(total.range.low, stated.range.high)
    too_few = is_above(stated.range.low, total.range.high)
    largest = max((size.range.low for size in sizes if size.range.low is not None), default=None)
    if is_noted(record.participants) and not is_above(largest, stated.range.high):
        return
    if too_many or (too_few and sum_of_arms(record)):
        shown = " + ".join(map(str, sizes))
        message = (
            f"participants is {stated}, but the arms are {shown} = {total}: mend the one that the"
            " source does not say, or say in a note on participants why they do not add up, such as"
            " that the same people were in each arm"
        )
        yield loaded.problem(record, ("participants",), message)


def results_name_arms_of_the_study(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """Every arm that a result or a harm names is an arm of the record."""
    for where, part, arms in _results(record):
        groups = [((*where, "by_arm", n, "arm"), group.arm) for n, group in enumerate(part.by_arm)]
        named = [(path, str(arm)) for path, arm in groups if arm is not None]
        if isinstance(part, Result) and part.direction and part.direction.arm:
            named.append(((*where, "direction"), part.direction.arm))
        for path, id in named:
            if id not in arms:
                near = nearest(id, arms) or f"; the arms: {listed_in_part(arms)}"
                message = f"{field_of(path)} must name an arm under 'arms:' (got '{id}'){near}"
                yield loaded.problem(record, path, message)


def groups_are_as_large_as_their_arms(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """No more people have something than were looked at, nor are more looked at than in the arm.

    A group that is no arm is of all participants of a study.
    """
    everybody, are = _everybody(record)
    for where, group, arm in _groups(record):
        events, of = (amount_of(value) for value in (group.events, group.of))
        size = amount_of(arm.participants) if arm else everybody
        whole = f"the arm '{group.arm}' has" if arm else are
        if events and not of and size and is_above(events.range.low, size.range.high):
            message = f"events is {events}, but {whole} {size}{mend_or_note('events')}"
            if not is_noted(group.events):
                yield loaded.problem(record, (*where, "events"), message)
        if events and of and is_above(events.range.low, of.range.high):
            message = (
                f"events is {events}, but of is {of}: mend the one that the source does not say"
            )
            yield loaded.problem(record, (*where, "events"), message)
        if of and size and is_above(of.range.low, size.range.high) and not is_noted(group.of):
            message = f"of is {of}, but {whole} {size}{mend_or_note('of')}"
            yield loaded.problem(record, (*where, "of"), message)


def _everybody(record: Record) -> tuple[Quantity | None, str]:
    """Return how many took part in a study, as stated or as its arms sum, and what to call it."""
    if not isinstance(record, Study):
        return None, ""
    if stated := amount_of(record.participants):
        return stated, "participants is"
    summed = sum_of_arms(record) if record.participants.absence else None
    return (summed.amount if summed else None), "the arms together have"


def percentages_agree_with_their_numbers(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """A percentage is its fraction, to the digits that are printed, or a note says why not."""
    for where, group, _ in _groups(record):
        if (found := disagreeing_share(group)) and not is_noted(group.percentage):
            printed, formula, computed = found
            message = (
                f"percentage is {printed}, but {formula} = {computed}: mend the one that the source"
                " does not say, or say why in a note on percentage"
            )
            yield loaded.problem(record, (*where, "percentage"), message)


def shares_are_no_more_than_the_whole(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """A percentage of people and the level of an interval are 100 % at most, or a note says why."""
    shares = [((*where, "percentage"), group.percentage) for where, group, _ in _groups(record)]
    for where, part, _ in _results(record):
        if isinstance(part, Result) and part.estimate:
            shares.append(((*where, "estimate", "level"), part.estimate.level))
    for number, count in enumerate(record.counts if isinstance(record, Caution) else ()):
        if count.percentage:
            printed = Reported[Any](value=count.percentage, note=count.note)
            shares.append((("counts", number, "percentage"), printed))
    for path, share in shares:
        found = amount_of(share)
        if found and not is_noted(share) and is_above(found.range.low, Fraction(100)):
            message = f"{path[-1]} is {found}, but the whole is 100 %{mend_or_note(str(path[-1]))}"
            yield loaded.problem(record, path, message)


def _results(
    record: Record,
) -> Iterator[tuple[KeyPath, Result | HarmEvent, Mapping[str, Arm]]]:
    """Yield each result and each harm of a record, with the arms of the record by id."""
    if not isinstance(record, Study | Experiment):
        return
    arms = {str(arm.id): arm for arm in record.arms}
    for number, result in enumerate(record.results):
        yield ("results", number), result, arms
    for number, harm in enumerate(record.harm_events):
        yield ("harm_events", number), harm, arms


def _groups(record: Record) -> Iterator[tuple[KeyPath, GroupCount, Arm | None]]:
    """Yield each group of a result or harm, with the arm that it is."""
    for where, part, arms in _results(record):
        for number, group in enumerate(part.by_arm):
            yield (*where, "by_arm", number), group, arms.get(str(group.arm))


def counts_of_an_effect_agree(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """No more people have an effect than were counted, and the share is theirs or a note says why.

    A share agrees if the fraction, rounded to as many decimals as the source prints, is the share.
    """
    for number, count in enumerate(record.counts if isinstance(record, Caution) else ()):
        if count.events is None or count.of is None:
            continue
        events, people, share = int(count.events), count.of, count.percentage
        if is_above(Fraction(events), people.range.high):
            message = f"events is {events}, but of is {people}: mend the one that the source"
            where = ("counts", number, "events")
            yield loaded.problem(record, where, f"{message} does not say")
        elif share and not count.note and people.range.is_one and people.range.low:
            counted = 100 * events / people.range.low
            if not rounds_to(counted, share):
                message = (
                    f"percentage is {share}, but {events} of {people} are "
                    f"{write_number(three_figures(counted))} %: mend the number that the source"
                    " does not say, or say why in a note beside it"
                )
                yield loaded.problem(record, ("counts", number, "percentage"), message)
