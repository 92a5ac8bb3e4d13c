"""Search that finds Vietnamese however it is typed."""

from importlib.resources import files
from pathlib import Path

# Material loads this file for ``lang: vi``; its own knows no diacritics but as letters.
_PLACE = Path("assets", "javascripts", "lunr", "min", "lunr.vi.min.js")


def fold_marks(output: Path) -> bool:
    """Put our folding in the theme's place; False when the theme has no such place any more."""
    target = output / _PLACE
    if not target.is_file():
        return False
    target.write_bytes((files("site_builder.publishing") / "assets" / "lunr.vi.js").read_bytes())
    return True
