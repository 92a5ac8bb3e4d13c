"""Every file that an explanation lists is in the folder, and is listed once."""

from collections.abc import Iterator

from site_builder.checks.listings import Listing
from site_builder.checks.nearness import nearest
from site_builder.checks.paths import join, names_below
from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.text import fold

ABSENT = Check("EXP031", "listed-file-absent", Severity.ERROR)
TWICE = Check("EXP035", "listed-twice", Severity.WARNING)
CHECKS = (ABSENT, TWICE)


def run(dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """One finding per entry, with the file that was probably meant."""
    seen: dict[str, Listing] = {}
    for place in facts.listings.get(dossier.criterion, ()):
        entry = place.entry
        if not entry.file:
            continue
        target: str | None = f"{place.folder}/{entry.file}"
        if target not in facts.paths:
            target = join(place.folder, entry.file)
        if target is None or target not in facts.paths:
            near = _meant(place, dossier)
            yield ABSENT.at(
                place.path,
                line=entry.line,
                criterion=dossier.criterion,
                subject=entry.file,
                variant="near" if near else None,
                file=entry.file,
                folder=place.folder,
                near=near,
            )
            continue
        other = seen.setdefault(target, place)
        if other is not place:
            yield TWICE.at(
                place.path,
                line=entry.line,
                criterion=dossier.criterion,
                subject=entry.file,
                file=entry.file,
                other_line=other.entry.line,
            )


def _meant(place: Listing, dossier: Dossier) -> str:
    """A file of the same folder: the same name spelled otherwise, or below, or much alike."""
    names = names_below(place.folder, dossier)
    wanted = fold(place.entry.file).replace("\\", "/").rpartition("/")[2]
    for name in names:
        if fold(name.rpartition("/")[2]) == wanted:
            return name
    return nearest(place.entry.file, names)
