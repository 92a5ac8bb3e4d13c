"""Paths as officers write them; text only, nothing is looked up on a disk."""

from site_builder.model.dossier import Dossier


def join(folder: str, relative: str) -> str | None:
    """The path from the root that ``relative`` means below ``folder``.

    None when it climbs out of the root or is not relative at all.
    """
    relative = relative.replace("\\", "/")
    if relative.startswith("/") or ":" in relative.partition("/")[0]:
        return None
    parts = folder.split("/") if folder else []
    for part in relative.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in {"", "."}:
            parts.append(part)
    return "/".join(parts)


def names_below(folder: str, dossier: Dossier) -> tuple[str, ...]:
    """The files of a dossier that lie in a folder or below, as named from there."""
    held = (
        *dossier.files,
        *(file for supplement in dossier.supplements for file in supplement.files),
    )
    start = f"{folder}/"
    return tuple(file.path[len(start) :] for file in held if file.path.startswith(start))
