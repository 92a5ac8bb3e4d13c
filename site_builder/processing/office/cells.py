"""Cells of workbooks as people read them: decimal comma, day before month."""

import math
from datetime import date, datetime, time, timedelta

from site_builder.reading.numbers import show_date

Cell = int | float | str | bool | date | datetime | time | timedelta | None

# Whole numbers that a double holds exactly; numbers of accounts and citizens are among them, so
# there is nothing between their digits.
_EXACT = 10**15
# As many digits as Excel shows in a cell that is wide enough, and one more.
_DIGITS = 12


def shown(value: Cell) -> str:
    """The text of a cell; "" for an empty one."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "TRUE" if value else "FALSE"
        case int():
            return str(value)
        case float():
            return _number(value)
        case datetime():
            return _moment(value)
        case date():
            return show_date(value)
        case time():
            return _clock(value.hour, value.minute, value.second)
        case timedelta():
            return _duration(value)


def _number(value: float) -> str:
    if not math.isfinite(value):
        return ""
    if value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    text = f"{value:.{_DIGITS}g}"
    return text.replace(".", ",")


def _moment(value: datetime) -> str:
    if (value.hour, value.minute, value.second) == (0, 0, 0):
        return show_date(value.date())
    return f"{show_date(value.date())} {_clock(value.hour, value.minute, value.second)}"


def _clock(hour: int, minute: int, second: int) -> str:
    return f"{hour:02d}:{minute:02d}" + (f":{second:02d}" if second else "")


def _duration(value: timedelta) -> str:
    seconds = round(value.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return sign + _clock(hour, minute, second)
