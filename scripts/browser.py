"""Find a Chromium-based browser for the tests, or install one; prints the program's path.

The order: a browser on PATH; Debian's package when root; the build that Playwright downloads.
Firefox comes along where Debian has it; tests that need it are skipped without.
"""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
FOXES = ("firefox-esr", "firefox")


def works(program: str) -> bool:
    """The program says its version; Ubuntu's ``chromium`` package may be a stub that does not."""
    try:
        told = subprocess.run(  # noqa: S603 - found on PATH or told by Playwright
            [program, "--version"], capture_output=True, check=False, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return told.returncode == 0


def on_path(names: tuple[str, ...] = NAMES) -> str | None:
    """The first browser on PATH that runs."""
    found = (shutil.which(name) for name in names)
    return next((program for program in found if program and works(program)), None)


def of_playwright() -> str | None:
    """The build that Playwright downloaded for this user, when there is one."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - half a second

    with sync_playwright() as playwright:
        program = playwright.chromium.executable_path
    return program if works(program) else None


def run(*command: str) -> bool:
    """Run a command with its output on stderr; stdout belongs to the path."""
    try:
        return subprocess.run(command, check=False, stdout=sys.stderr).returncode == 0  # noqa: S603 - fixed programs
    except OSError:
        return False


def is_root_on_debian() -> bool:
    """Debian's or Ubuntu's packages can be installed without asking for a password."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and bool(shutil.which("apt-get"))


def from_debian() -> str | None:
    """Debian's package; not to be had on Ubuntu, where it is a snap."""
    if not is_root_on_debian():
        return None
    install("chromium")
    return on_path()


def install(package: str) -> None:
    """Install a package of Debian, with a fresh list of packages when the old one lacks it."""
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    command = ("apt-get", "install", "-y", "-qq", "--no-install-recommends", package)
    if not run(*command):
        run("apt-get", "update", "-qq")
        run(*command)


def add_firefox() -> None:
    """Install Firefox where that is possible and there is none."""
    if on_path(FOXES) is None and is_root_on_debian():
        install("firefox-esr")


def from_playwright() -> str | None:
    """The build that Playwright downloads, with the system's libraries when root."""
    libraries = ("--with-deps",) if is_root_on_debian() else ()
    run(sys.executable, "-m", "playwright", "install", *libraries, "chromium")
    return of_playwright()


def main() -> int:
    """Exit code 0 when a browser is there."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(encoding="utf-8", errors="replace")
    program = on_path() or of_playwright()
    if program is None:
        catalogue = (ROOT / "site_builder/messages/vi/cli.toml").read_text("utf-8")
        say = tomllib.loads(catalogue)["setup"]
        print(say["browser_installing"], file=sys.stderr, flush=True)
        program = from_debian() or from_playwright()
        if program is None:
            print(say["no_browser"], file=sys.stderr)
            return 1
    add_firefox()
    print(program)
    return 0


if __name__ == "__main__":
    sys.exit(main())
