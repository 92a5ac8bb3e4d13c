"""Text of pictures with Tesseract, when it is installed with its Vietnamese model.

One model alone: together with English it drops the marks of Vietnamese letters. One thread:
the pages of many files are read side by side already.
"""

import os
import re
import shutil
import subprocess
from functools import cache

from site_builder.model.text import nfc

VERSION = 1

_PROGRAM = "tesseract"
_MODEL = "vie"
_SECONDS = 25
_LARGEST = 40 * 1024 * 1024


@cache
def available() -> bool:
    """Whether the program and its Vietnamese model are there."""
    program = shutil.which(_PROGRAM)
    if program is None:
        return False
    told = _run((program, "--list-langs"), b"")
    return told is not None and _MODEL in told.split()


def recognise(png: bytes) -> str:
    """The text of a picture, composed (NFC); "" when there is none or it could not be read."""
    program = shutil.which(_PROGRAM)
    if program is None or len(png) > _LARGEST or not available():
        return ""
    # Page segmentation 3: fully automatic. Standard input to standard output, no file is made.
    text = _run((program, "stdin", "stdout", "-l", _MODEL, "--psm", "3"), png) or ""
    # The Icelandic letter looks the same and is in no Vietnamese word.
    tidy = nfc(text).replace("\u00d0", "\u0110").replace("\f", "\n")
    return re.sub(r"\n{3,}", "\n\n", tidy).strip()


def _run(command: tuple[str, ...], data: bytes) -> str | None:
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, no shell, no argument from content
            command,
            input=data,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            env=environment,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None
