"""The two pages outside the period: the root, which leads to the start page, and "not found"."""

import html
from importlib.resources import files
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

from site_builder.model.site import Site

INDEX = "index.html"
NOT_FOUND = "404.html"
PAGES = frozenset({INDEX, NOT_FOUND})


def write(site: Site, output: Path) -> None:
    """Write both over whatever the engine printed there.

    A static host shows 404.html at any depth, so it may not have relative links; the engines'
    own has the theme's whole navigation with absolute ones, which are wrong below a folder.
    """
    name = str(site.config.get("site_name", ""))
    _fill(output, INDEX, home=site.home, name=name)
    address = str(site.config.get("site_url", ""))
    base = urlsplit(address).path.rstrip("/")
    link = _asset("not-found-link.html").substitute(home=f"{base}/{site.home}") if address else ""
    _fill(output, NOT_FOUND, name=name, link=link)


def _asset(name: str) -> Template:
    return Template((files("site_builder.publishing") / "assets" / name).read_text("utf-8"))


def _fill(output: Path, page: str, *, link: str = "", **params: str) -> None:
    escaped = {key: html.escape(value) for key, value in params.items()}
    text = _asset(page).substitute(escaped, link=link)
    (output / page).write_bytes(text.encode())
