"""What whoever opens a document does not see at once: sheets, tracked changes, comments."""

from site_builder.model.processed import FileFacts
from site_builder.model.publishable import CARRIED_FLAGS, HIDDEN_FLAGS

_SHOWN = 5


def hidden_in(read: FileFacts) -> tuple[str, ...]:
    """The flags that were raised, the variants of the sentences."""
    if not read.flags:
        return ()
    return tuple(name for name in HIDDEN_FLAGS if read.flag(name) is not None)


def carried_in(read: FileFacts) -> tuple[str, ...]:
    """Flags of files inside the file."""
    return tuple(name for name in CARRIED_FLAGS if read.flag(name) is not None)


def sheets_hidden(read: FileFacts) -> tuple[str, ...]:
    """Names of the first hidden sheets."""
    flag = read.flag("hidden-sheet")
    return flag.details[:_SHOWN] if flag is not None else ()
