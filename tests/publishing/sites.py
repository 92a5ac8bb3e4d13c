"""A hand-made Site: three pages, a style sheet, a script, two documents."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from site_builder.model.evidence import EvidenceFile
from site_builder.model.site import MARKER, EvidenceCopy, NavItem, Page, Site

HOME = "2023/index.html"


def page(path: str, title: str, body: str) -> Page:
    text = f'---\ntitle: "{title}"\n---\n# {title} {{#tieu-de}}\n\n<div {MARKER}>\n{body}\n</div>\n'
    return Page(path=path, title=title, text=text)


def evidence(root: Path, path: str, data: bytes, address: str) -> EvidenceCopy:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    file = EvidenceFile(
        path=path, raw=path, size=len(data), sha256=hashlib.sha256(data).hexdigest()
    )
    return EvidenceCopy(file=file, address=address, download_name=file.name)


def small_site(root: Path, bodies: Mapping[str, str] | None = None) -> Site:
    """A site whose page bodies may be replaced by path."""
    texts = {
        "2023/index.md": '<p><a href="tc/1.html">1</a></p>',
        "2023/tc/1.md": '<p><a href="1.1.html#gt-1">1.1</a></p>',
        "2023/tc/1.1.md": (
            '<h3 id="gt-1">G</h3><p><a href="1.1/ke-hoach-0a1b2c3d.pdf">pdf</a> '
            '<a href="1.1/anh-9f8e7d6c.png" download="a.png">png</a></p>'
        ),
        **(bodies or {}),
    }
    titles = {"2023/index.md": "Home", "2023/tc/1.md": "1 Field", "2023/tc/1.1.md": "1.1 Leaf"}
    return Site(
        pages=tuple(page(path, titles[path], texts[path]) for path in sorted(texts)),
        assets={"assets/site.css": b".sb{max-width:60rem}\n", "assets/site.js": b"void 0;\n"},
        evidence=(
            evidence(
                root, "evidence/1/1.1/k.pdf", b"%PDF-1.4 a", "2023/tc/1.1/ke-hoach-0a1b2c3d.pdf"
            ),
            evidence(root, "evidence/1/1.1/a.png", b"\x89PNG b", "2023/tc/1.1/anh-9f8e7d6c.png"),
        ),
        nav=(
            NavItem(title="Home", page="2023/index.md"),
            NavItem(
                title="1 Field",
                page="2023/tc/1.md",
                children=(NavItem(title="1.1 Leaf", page="2023/tc/1.1.md"),),
            ),
        ),
        home=HOME,
        config={
            "site_name": "Demo",
            "extra_css": ["assets/site.css"],
            "extra_javascript": ["assets/site.js"],
        },
    )
