"""Who reads which kind of file, told without importing anybody.

The readers draw in large native libraries: a worker imports only the one that its file needs, and
the program itself none of them. So each entry repeats what its module says of itself
(``protocols.Handler``); a test holds the two together.
"""

from dataclasses import dataclass

_HANDLERS = "site_builder.processing.handlers"
_TEXT = "site_builder.processing.text"


@dataclass(frozen=True, slots=True)
class Registered:
    """A handler.

    Attributes:
        module: dotted name; its last part is the handler's ``NAME``.
        version: its ``VERSION``. What it read under another one is read anew.
        kinds: its ``KINDS``, as words.
    """

    module: str
    version: int
    kinds: str

    @property
    def name(self) -> str:
        return self.module.rpartition(".")[2]


HANDLERS: tuple[Registered, ...] = ()

# Readers that see every file or every text, with their versions.
SNIFFER = ("site_builder.processing.sniffing", 1)
TEXT_READERS: tuple[tuple[str, int], ...] = (
    (f"{_TEXT}.official", 1),
    (f"{_TEXT}.personal", 1),
    (f"{_TEXT}.secrecy", 1),
    (f"{_TEXT}.sketch", 1),
)


def handler_of(kind: str) -> Registered | None:
    """Who reads this kind; None when it is only kept."""
    return next((handler for handler in HANDLERS if kind in handler.kinds.split()), None)
