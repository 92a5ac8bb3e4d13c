"""Templates and assets of the package; the pipeline reads them once and passes them in."""

from collections.abc import Mapping
from importlib.resources import files

FOLDERS = ("templates", "assets")


def read_resources() -> Mapping[str, str]:
    """Every template and asset by its file name."""
    package = files(__package__)
    return {
        entry.name: entry.read_text("utf-8")
        for folder in FOLDERS
        for entry in (package / folder).iterdir()
        if entry.is_file()
    }
