"""A document's number in the name of its file; a guess, for a name is typed by anyone."""

import re
from collections.abc import Mapping

from site_builder.model.text import fold

# Folded abbreviations of document types and of bodies (decree 30/2020, appendix III), as they are
# written. "hd" is left out: a guide and a contract fold to the same letters.
_TYPES: Mapping[str, str] = {
    "bb": "BB",
    "bc": "BC",
    "cd": "C\u0110",
    "ct": "CT",
    "ctr": "CTr",
    "cv": "CV",
    "da": "\u0110A",
    "kh": "KH",
    "kl": "KL",
    "nq": "NQ",
    "pa": "PA",
    "qc": "QC",
    "qd": "Q\u0110",
    "tb": "TB",
    "ttr": "TTr",
}
_BODIES: Mapping[str, str] = {
    "bcd": "BC\u0110",
    "du": "\u0110U",
    "hdnd": "H\u0110ND",
    "mttq": "MTTQ",
    "ubnd": "UBND",
}
_TYPE = "|".join(sorted(_TYPES, key=len, reverse=True))
_BODY = "|".join(_BODIES)
_GAP = r"[\s._/-]{0,3}"
_FORMS = (
    # "KH 12-UBND", "QD so 5 UBND"
    re.compile(
        rf"(?<![a-z0-9])(?P<type>{_TYPE}){_GAP}(?:so{_GAP})?(?P<number>\d{{1,5}})"
        rf"{_GAP}(?P<body>{_BODY})(?![a-z0-9])"
    ),
    # "12-KH-UBND", "12 KH UBND"
    re.compile(
        rf"(?<![a-z0-9])(?P<number>\d{{1,5}}){_GAP}(?P<type>{_TYPE}){_GAP}(?P<body>{_BODY})"
        r"(?![a-z0-9])"
    ),
)
_YEARS = range(1990, 2100)


def number_in_name(path: str) -> str:
    """The number that a file's name tells for certain enough to show; "" for none.

    Number, type and body must all be there: "KH 12" may as well be the plan of December.
    """
    name = path.rpartition("/")[2]
    folded = fold(name.rpartition(".")[0] or name)
    for form in _FORMS:
        found = form.search(folded)
        if found is not None and int(found["number"]) not in _YEARS:
            return f"{found['number']}/{_TYPES[found['type']]}-{_BODIES[found['body']]}"
    return ""
