"""Runs the site engine as a program over a staged tree; the engine is never imported."""

import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from site_builder.model.mappings import empty

# The engine writes into a pipe; a page that makes it loop must not hang a runner for hours.
TIME_LIMIT = 900.0

# What an engine needs of the caller's environment: to find itself, its home and a place for
# temporary files, on Linux, macOS and Windows. All else (PYTHONPATH, proxies, tokens) stays out.
_KEPT = (
    "PATH",
    "HOME",
    "USERPROFILE",
    "APPDATA",
    "LOCALAPPDATA",
    "SYSTEMROOT",
    "SYSTEMDRIVE",
    "TEMP",
    "TMP",
    "TMPDIR",
    "VIRTUAL_ENV",
    "LD_LIBRARY_PATH",
)
# A port on which nothing listens: an engine that reaches for the network fails at once.
_NOWHERE = "http://127.0.0.1:9"

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
# "WARNING -  Doc file ..." is MkDocs, "Warning: page does not exist" Zensical.
_REMARK = re.compile(r"(?:WARNING|ERROR|CRITICAL)\s+-|(?:Warning|Error):")
# Zensical says where on a line of its own: "[ 2023/index.md:23:5 ]".
_PLACE = re.compile(r"\[ \S.*:\d+:\d+ \]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """A program that prints a staged tree into its folder ``site``.

    Attributes:
        name: as on the command line.
        modules: what must be installed.
        install: the requirement that brings it.
        command: arguments after the interpreter.
        folds_marks: its search finds text typed without diacritics.
    """

    name: str
    modules: tuple[str, ...]
    install: str
    command: tuple[str, ...]
    folds_marks: bool

    @property
    def installed(self) -> bool:
        return all(importlib.util.find_spec(module) is not None for module in self.modules)


# ``--strict`` without ``-q``: a quiet MkDocs does not count its warnings and exits 0.
MKDOCS = Engine(
    name="mkdocs",
    modules=("mkdocs", "material"),
    install="mkdocs-material",
    command=("-m", "mkdocs", "build", "--strict", "--config-file", "mkdocs.yml"),
    folds_marks=False,
)
ZENSICAL = Engine(
    name="zensical",
    modules=("zensical",),
    install="site-builder[zensical]",
    command=("-m", "zensical", "build", "--strict", "--config-file", "mkdocs.yml"),
    folds_marks=True,
)
ENGINES: Mapping[str, Engine] = {engine.name: engine for engine in (MKDOCS, ZENSICAL)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What came of a run.

    Attributes:
        reason: "" when the engine printed the site and remarked nothing; otherwise
            ``engine_missing``, ``engine_failed`` or ``engine_timeout``.
        params: fill the sentence for the reason.
    """

    reason: str = ""
    params: Mapping[str, object] = field(default_factory=empty)


Run = Callable[..., subprocess.CompletedProcess[bytes]]


def run(
    engine: Engine,
    folder: Path,
    at: datetime | None,
    *,
    limit: float = TIME_LIMIT,
    start: Run = subprocess.run,
) -> Printed:
    """Print the tree in ``folder``.

    Args:
        engine: which program.
        folder: holds the generated mkdocs.yml.
        at: time of the commit; it dates what the engine dates. None outside Git.
        limit: seconds after which the engine is stopped.
        start: stands in for the process in tests.
    """
    if not engine.installed:
        return Printed(
            reason="engine_missing", params={"engine": engine.name, "install": engine.install}
        )
    try:
        # -P: the folder's own files are never imported in place of the engine's modules.
        done = start(
            [sys.executable, "-P", *engine.command],
            cwd=folder,
            env=environment(os.environ, at),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=limit,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Printed(
            reason="engine_timeout", params={"engine": engine.name, "seconds": int(limit)}
        )
    said = _COLOUR.sub("", done.stdout.decode("utf-8", "replace"))
    if done.returncode != 0 or any(_REMARK.match(line) for line in said.splitlines()):
        return Printed(
            reason="engine_failed",
            params={"engine": engine.name, "code": done.returncode, "said": _essence(said)},
        )
    return Printed()


def environment(caller: Mapping[str, str], at: datetime | None) -> dict[str, str]:
    """The engine's environment: nothing of the caller's that could change a byte.

    Outside Git no two builds are promised to be equal; a fixed date keeps them so all the same.
    """
    epoch = 0 if at is None else int(at.astimezone(UTC).timestamp())
    return {
        **{name: caller[name] for name in _KEPT if name in caller},
        "LC_ALL": "C.UTF-8",
        "PYTHONUTF8": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONIOENCODING": "utf-8",
        "SOURCE_DATE_EPOCH": str(epoch),
        "NO_MKDOCS_2_WARNING": "1",
        "NO_COLOR": "1",
        "http_proxy": _NOWHERE,
        "https_proxy": _NOWHERE,
        "HTTP_PROXY": _NOWHERE,
        "HTTPS_PROXY": _NOWHERE,
    }


def _essence(said: str, lines: int = 12) -> str:
    """The engine's remarks, or its last words when it made none."""
    all_lines = [line.rstrip() for line in said.splitlines() if line.strip()]
    remarks = [line for line in all_lines if _REMARK.match(line) or _PLACE.search(line)]
    return "\n".join(remarks[:lines] or all_lines[-lines:])
