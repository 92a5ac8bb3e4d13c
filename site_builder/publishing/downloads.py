"""Files made by the builder for download: put beside the printed pages, and looked into."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from site_builder.publishing.stage import safe_address


def write(downloads: Mapping[str, bytes], output: Path) -> None:
    """Write every file at its address."""
    for address, data in downloads.items():
        path = output / safe_address(address)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def contents(downloads: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Everything in them that can be read: files as they are, spreadsheets part by part."""
    for address, data in downloads.items():
        yield address, data
        if address.endswith(".xlsx"):
            with zipfile.ZipFile(io.BytesIO(data)) as book:
                for name in book.namelist():
                    yield f"{address}!{name}", book.read(name)
