"""Paths as officers write them; text only, nothing is looked up on a disk."""


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


def below(path: str, folder: str) -> bool:
    """``path`` lies somewhere in ``folder``."""
    return path.startswith(f"{folder}/")
