"""What keeps a file out of an edition although somebody marked it ``cong_khai: true``.

The safe answer is the default: a file that nobody could look into is not published.
"""

import enum

from site_builder.model.processed import Family, FileFacts, Level, State


class Obstacle(enum.Enum):
    """Why a file may not be public.

    STATE_SECRET keeps a file out of every edition, and no exception lifts it. UNREAD: nobody
    could look into it, so nobody knows what it holds.
    """

    STATE_SECRET = "state_secret"  # noqa: S105 - a name, not a password
    UNREAD = "unread"
    INTERNAL = "internal"
    PERSONAL = "personal"
    HIDDEN = "hidden"


# The checks that tell of an obstacle. Where an exception of unit.yml covers the finding, with a
# reason and an office that answers for it, the obstacle does not count.
LIFTED_BY: dict[Obstacle, str] = {
    Obstacle.INTERNAL: "PRI006",
    Obstacle.PERSONAL: "PRI001",
    Obstacle.HIDDEN: "PRI002",
}

# What a reader of the page does not see and whoever downloads the file does.
HIDDEN_FLAGS = ("hidden-sheet", "tracked-changes", "comments")

# Files inside a file: a picture of its pages shows nothing of them, and nobody looked into them.
CARRIED_FLAGS = ("attachment", "embedded-object")

_UNREAD = frozenset({State.DAMAGED, State.ENCRYPTED, State.REFUSED, State.FAILED})


def is_secret(facts: FileFacts | None) -> bool:
    """The file bears a mark of state secrecy."""
    return facts is not None and facts.secrecy is not None and facts.secrecy.state_secret


def obstacles(facts: FileFacts | None) -> tuple[Obstacle, ...]:
    """Everything that keeps the file from the public, worst first."""
    if facts is None:
        return (Obstacle.UNREAD,)
    found = []
    if is_secret(facts):
        found.append(Obstacle.STATE_SECRET)
    if _is_unread(facts):
        found.append(Obstacle.UNREAD)
    if facts.secrecy is not None and not facts.secrecy.state_secret:
        found.append(Obstacle.INTERNAL)
    if any(personal.level is Level.BLOCK for personal in facts.personal):
        found.append(Obstacle.PERSONAL)
    if any(facts.flag(name) for name in (*HIDDEN_FLAGS, *CARRIED_FLAGS)):
        found.append(Obstacle.HIDDEN)
    return tuple(found)


def _is_unread(facts: FileFacts) -> bool:
    # A film or a picture without text was looked at as far as anybody can. Of an archive only the
    # names were; what its members say is known to nobody.
    sealed = facts.family is Family.ARCHIVE or (
        facts.state is State.OPAQUE and facts.family in {Family.PROGRAM, Family.OTHER}
    )
    return facts.state in _UNREAD or sealed or _is_partly_unread(facts)


def _is_partly_unread(facts: FileFacts) -> bool:
    """Something that is published was not looked at; of pictures only what was seen is."""
    if facts.family in {Family.IMAGE, Family.MEDIA}:
        return False
    # Of a PDF further pages may lack a picture and have been read all the same.
    unread = "unread-pages" if facts.family is Family.PDF else "more-pages"
    return facts.state is State.PARTIAL or facts.flag(unread) is not None
