"""Starting a real year: which sample files ``init --clean-sample`` moves out of the way.

Nothing is deleted: the sample's evidence and records move to ``mau-<id>/`` beside them, so
that a commune that already typed something real into the sample loses nothing.
"""

import os
import shutil
from pathlib import Path

MOVED = ("evidence", "records")


def sample_shelf(root: Path, period_id: str) -> Path:
    """The first free name of the shelf on which the sample is put."""
    shelf = root / "build" / f"mau-{period_id}"
    number = 2
    while os.path.lexists(shelf):
        shelf = root / "build" / f"mau-{period_id}-{number}"
        number += 1
    return shelf


def shelve_sample(root: Path, period_id: str) -> Path:
    """Move evidence/ and records/ to the shelf; returns where they are now.

    Raises:
        OSError: something could not be moved; what was moved stays on the shelf.
    """
    shelf = sample_shelf(root, period_id)
    shelf.mkdir(parents=True)
    for name in MOVED:
        source = root / name
        if source.is_symlink() or not source.exists():
            continue
        shutil.move(source, shelf / name)
    return shelf
