"""Whether the author that a file names is somebody."""

from site_builder.model.text import fold

# How bodies begin, folded; an office as an author tells nothing about a person.
_BODIES: tuple[str, ...] = (
    "ubnd",
    "uy ban",
    "hdnd",
    "hoi dong",
    "van phong",
    "phong ",
    "so ",
    "chi cuc",
    "cuc ",
    "trung tam",
    "dang uy",
    "mat tran",
    "cong an",
    "truong ",
    "tram ",
    "bo ",
    "ban ",
    "hoi ",
    "dai truyen",
    "dai phat",
)
# What programs fill in by themselves, and makers of computers.
_NOBODY: frozenset[str] = frozenset(
    {"acer", "admin", "administrator", "asus", "author", "dell", "guest", "hp", "lenovo"}
    | {"microsoft office user", "openpyxl", "pc", "python-docx", "unknown", "user", "windows user"}
)


def names_someone(author: str) -> bool:
    """The author may be a person; an office, a program and a make of computers are not."""
    folded = " ".join(fold(author).split())
    return bool(folded) and folded not in _NOBODY and not folded.startswith(_BODIES)
