"""What officers typed, read as the inputs that a rule asks for.

Scoring and checks both read inputs here, so that a figure which scores is never reported as
unreadable, and a figure which is reported never scores.
"""

import enum
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TypeVar

from site_builder.model.dossier import Explanation, Written
from site_builder.model.mappings import empty
from site_builder.model.rule import Entry, InputSpec, Option
from site_builder.model.text import fold_key
from site_builder.model.values import row
from site_builder.reading.fields import read_flag
from site_builder.reading.numbers import Ambiguous, read_date, read_number

_V = TypeVar("_V")
_NOTHING: Mapping[str, Decimal] = empty()


class ProblemKind(enum.Enum):
    """Why an input has no value."""

    ABSENT = "absent"
    NOT_A_NUMBER = "not_a_number"
    AMBIGUOUS = "ambiguous"
    NEGATIVE = "negative"
    NOT_A_DATE = "not_a_date"
    NOT_YES_OR_NO = "not_yes_or_no"
    UNKNOWN_OPTION = "unknown_option"


@row
class InputProblem:
    """An input without a usable value.

    Attributes:
        written: what was typed, with its line; None when nothing was.
        readings: both ways to read an ambiguous number, as people write them.
    """

    spec: InputSpec
    kind: ProblemKind
    written: Written | None = None
    readings: tuple[str, ...] = ()


def lookup(written: Mapping[str, _V], id_: str) -> _V | None:
    """The value under an id, however its key is spelled (``Nhiem vu xong``, ``nhiem-vu-xong``)."""
    found = written.get(id_)
    if found is None and written:
        folded = fold_key(id_)
        for key, value in written.items():
            if fold_key(key) == folded:
                return value
    return found


def match_option(options: tuple[Option, ...], text: str) -> Option | None:
    """The option that an officer names by its id or by its title, marks and case aside."""
    for option in options:
        if option.id == text:
            return option
    folded = fold_key(text)
    for option in options:
        if fold_key(option.id) == folded:
            return option
    named = [option for option in options if fold_key(option.title) == folded]
    return named[0] if len(named) == 1 else None


def written_as(explanation: Explanation | None, spec: InputSpec) -> Written | None:
    """The one value typed for an input (not for ``da_dat``); None when nothing was typed."""
    if explanation is None:
        return None
    found: Written | None
    if spec.entry is Entry.FIGURE:
        found = lookup(explanation.figures, spec.id)
    elif spec.entry is Entry.CHOICE:
        found = lookup(explanation.choices, spec.id)
    elif spec.entry is Entry.LEVEL:
        found = explanation.level
    elif spec.entry is Entry.ACHIEVED:
        found = explanation.achieved
    elif spec.entry is Entry.DATE:
        found = explanation.on
    else:
        found = explanation.points
    # The template leaves keys with nothing after the colon: that is not typed yet.
    return found if found is not None and found.text.strip() else None


def figure(
    explanation: Explanation | None, spec: InputSpec, known: Mapping[str, Decimal] = _NOTHING
) -> Decimal | InputProblem:
    """A number under ``so_lieu`` or ``diem``; never negative.

    ``known`` holds figures that a higher body gave (``Result.figures``); they go before typed
    ones.
    """
    given = lookup(known, spec.id)
    if given is not None:
        if given >= 0:
            return given
        return InputProblem(spec, ProblemKind.NEGATIVE, Written(f"{given:f}", 1))
    written = written_as(explanation, spec)
    if written is None:
        return InputProblem(spec, ProblemKind.ABSENT)
    value = read_number(written.text, spec.kind)
    if value is None:
        return InputProblem(spec, ProblemKind.NOT_A_NUMBER, written)
    if isinstance(value, Ambiguous):
        return InputProblem(spec, ProblemKind.AMBIGUOUS, written, value.readings)
    if value < 0:
        return InputProblem(spec, ProblemKind.NEGATIVE, written)
    return value


def day(explanation: Explanation | None, spec: InputSpec) -> date | InputProblem | None:
    """The date under ``ngay``; None when the officer says that it never happened (``khong``)."""
    written = written_as(explanation, spec)
    if written is None:
        return InputProblem(spec, ProblemKind.ABSENT)
    value = read_date(written.text)
    if value is None and read_flag(written.text) is not False:
        return InputProblem(spec, ProblemKind.NOT_A_DATE, written)
    return value


def yes_or_no(explanation: Explanation | None, spec: InputSpec) -> bool | InputProblem:
    """The answer under ``dat``, or under a ``chon`` without options (a condition of a gate)."""
    written = written_as(explanation, spec)
    if written is None:
        return InputProblem(spec, ProblemKind.ABSENT)
    value = read_flag(written.text)
    return InputProblem(spec, ProblemKind.NOT_YES_OR_NO, written) if value is None else value


def option(explanation: Explanation | None, spec: InputSpec) -> Option | InputProblem:
    """The one option chosen under ``muc`` or ``chon``."""
    written = written_as(explanation, spec)
    if written is None:
        return InputProblem(spec, ProblemKind.ABSENT)
    found = match_option(spec.options, written.text.strip())
    return InputProblem(spec, ProblemKind.UNKNOWN_OPTION, written) if found is None else found


def options(
    explanation: Explanation | None, spec: InputSpec
) -> tuple[Option, ...] | tuple[InputProblem, ...]:
    """The options ticked under ``da_dat``, in the order of the rule, each once.

    Gives problems instead when the key is absent or an item is unknown.
    """
    if explanation is None or explanation.checked is None:
        return (InputProblem(spec, ProblemKind.ABSENT),)
    ticked: set[str] = set()
    unknown: list[InputProblem] = []
    for written in explanation.checked:
        found = match_option(spec.options, written.text.strip())
        if found is not None:
            ticked.add(found.id)
        elif written.text.strip():
            unknown.append(InputProblem(spec, ProblemKind.UNKNOWN_OPTION, written))
    if unknown:
        return tuple(unknown)
    return tuple(option for option in spec.options if option.id in ticked)


def not_applicable(explanation: Explanation | None) -> Written | None:
    """``khong_ap_dung`` as typed when the leaf does not apply; None when it does.

    A bare yes counts as well: that its reason is absent is for a check to say.
    """
    written = explanation.not_applicable if explanation else None
    if written is None or not written.text.strip() or read_flag(written.text) is False:
        return None
    return written


def problems_of(
    specs: tuple[InputSpec, ...],
    explanation: Explanation | None,
    known: Mapping[str, Decimal] = _NOTHING,
) -> tuple[InputProblem, ...]:
    """Every needed input that has no usable value, in the order of the rule.

    ``specs`` are ``rule.inputs(explanation)``, ``known`` the ``Result.figures`` of the leaf.
    """
    found: list[InputProblem] = []
    for spec in specs:
        if not spec.needed:
            continue
        if spec.entry is Entry.CHECKED:
            found.extend(
                item for item in options(explanation, spec) if isinstance(item, InputProblem)
            )
            continue
        value: object
        if spec.entry in {Entry.FIGURE, Entry.POINTS}:
            value = figure(explanation, spec, known)
        elif spec.entry is Entry.DATE:
            value = day(explanation, spec)
        elif spec.options:
            value = option(explanation, spec)
        else:
            value = yes_or_no(explanation, spec)
        if isinstance(value, InputProblem):
            found.append(value)
    return tuple(found)


def unasked(
    specs: tuple[InputSpec, ...], explanation: Explanation
) -> tuple[tuple[Entry, str, Written], ...]:
    """Everything typed that no input of the rule asks for, needed or not: entry, key, value.

    Such a value changes nothing; mostly its key is misspelled or belongs to another leaf.
    """
    asked = {(spec.entry, fold_key(spec.id)) for spec in specs}
    entries = {spec.entry for spec in specs}
    found: list[tuple[Entry, str, Written]] = []
    for entry, typed in ((Entry.FIGURE, explanation.figures), (Entry.CHOICE, explanation.choices)):
        found.extend(
            (entry, key, written)
            for key, written in typed.items()
            if (entry, fold_key(key)) not in asked
        )
    for entry, lone in (
        (Entry.LEVEL, explanation.level),
        (Entry.ACHIEVED, explanation.achieved),
        (Entry.DATE, explanation.on),
        (Entry.POINTS, explanation.points),
        (Entry.CHECKED, explanation.checked[0] if explanation.checked else None),
    ):
        if lone is not None and lone.text.strip() and entry not in entries:
            found.append((entry, entry.value, lone))
    return tuple(found)
