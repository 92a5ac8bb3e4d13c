"""A copy of a site that leaves the building: for whom, when, with what."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """What every page of a copy says of it.

    Attributes:
        recipient: who gets it, as typed, one printable line; "" for nobody in particular.
        day: on which it was made, in Viet Nam.
        originals: the files of evidence are in it, not only what is shown of them.
    """

    recipient: str
    day: date
    originals: bool = True
