"""Text recognition: the program is optional, its answers are only text."""

import io
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from site_builder.processing.text import recognition

FAKE = """#!{python}
import os, sys, time
arguments = sys.argv[1:]
if arguments == ["--list-langs"]:
    print("List of available languages (2):")
    print({languages!r})
    sys.exit(0)
data = sys.stdin.buffer.read()
if data == b"fail":
    sys.exit(1)
if data == b"hang":
    time.sleep(60)
answer = " ".join([*arguments, os.environ["OMP_THREAD_LIMIT"], str(len(data))])
sys.stdout.buffer.write(("\\u00d0e\\u0301 " + answer + "\\n\\n\\n\\n\\f").encode())
"""


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    recognition.available.cache_clear()
    yield
    recognition.available.cache_clear()


def install(folder: Path, monkeypatch: pytest.MonkeyPatch, languages: str) -> None:
    program = folder / "tesseract"
    program.write_text(FAKE.format(python=sys.executable, languages=languages), "utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(folder))


def test_absent_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not recognition.available()
    assert recognition.recognise(b"x") == ""


@pytest.mark.skipif(os.name == "nt", reason="the fake is a script with a first line")
class TestWithAProgram:
    def test_absent_model(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        install(tmp_path, monkeypatch, "eng\nosd\nvie_vert")
        assert not recognition.available()
        assert recognition.recognise(b"x") == ""

    def test_one_model_one_thread_and_no_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        install(tmp_path, monkeypatch, "eng\nvie")
        monkeypatch.setenv("OMP_THREAD_LIMIT", "8")
        assert recognition.available()
        expected = "\u0110\u00e9 stdin stdout -l vie --psm 3 1 7"
        assert recognition.recognise(b"picture") == expected

    def test_failure_is_no_text(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        install(tmp_path, monkeypatch, "vie")
        monkeypatch.setattr(recognition, "_SECONDS", 1)
        assert recognition.recognise(b"fail") == ""
        assert recognition.recognise(b"hang") == ""
        monkeypatch.setattr(recognition, "_LARGEST", 3)
        assert recognition.recognise(b"picture") == ""


def test_real_program() -> None:
    if not recognition.available():
        pytest.skip("tesseract with the Vietnamese model is not installed")
    picture = Image.new("L", (1400, 220), 255)
    font = ImageFont.load_default(size=72)
    ImageDraw.Draw(picture).text((40, 60), "So: 12/KH-UBND 2023", fill=0, font=font)
    data = io.BytesIO()
    picture.save(data, "PNG")
    assert "UBND" in recognition.recognise(data.getvalue())
    assert recognition.recognise(b"not a picture") == ""
