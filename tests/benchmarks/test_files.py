"""What is measured are files that are all different and still what they were."""

import io
import zipfile
from pathlib import Path

import pytest

from benchmarks.files import another, files_in, made, measure
from tests.processing.makers import archives, text


def test_another_archive_is_still_one() -> None:
    copies = {another(archives.simple(), number) for number in range(3)}
    assert len(copies) == 3
    for data in copies:
        assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None


def test_makers_that_ask_for_nothing_are_found() -> None:
    assert dict(made(text))["text-utf8"] == text.utf8()


def test_the_table_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root, stores = tmp_path / "files", tmp_path / "stores"
    root.mkdir()
    for number in range(2):
        (root / f"{number}.txt").write_bytes(another(text.utf8(), number))
    processed = measure(root, stores, 1)
    assert len(processed.facts) == len(files_in(root)) == 2
    assert "| warm |" in capsys.readouterr().out
