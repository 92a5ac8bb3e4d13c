"""Files for download get to their addresses, and nothing gets out inside them."""

import io
import zipfile
from pathlib import Path

import pytest

from site_builder.publishing import downloads


def book(**parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(name, text)
    return stream.getvalue()


def test_each_is_written_at_its_address(tmp_path: Path) -> None:
    downloads.write({"2023/tai-ve/a.csv": b"a", "2023/tai-ve/b.csv": b"b"}, tmp_path)
    assert (tmp_path / "2023/tai-ve/a.csv").read_bytes() == b"a"
    assert (tmp_path / "2023/tai-ve/b.csv").read_bytes() == b"b"


def test_none_leaves_the_site(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not an address"):
        downloads.write({"../a.csv": b"a"}, tmp_path)


def test_spreadsheets_are_looked_into() -> None:
    found = dict(downloads.contents({"a.xlsx": book(sheet="hidden name"), "b.csv": b"text"}))
    assert found["a.xlsx!sheet"] == b"hidden name"
    assert found["b.csv"] == b"text"
