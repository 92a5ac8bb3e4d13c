"""A commune with one file of every kind that people hand in, sound or not."""

import dataclasses
import sys
from collections.abc import Callable
from pathlib import Path

from tests.processing.makers import archives, images, office, pdf, text

# The smallest commune, which it is laid over, and its criteria.
_COMMUNE = Path(__file__).parents[1] / "communes" / "nho"
PAPERS = "1.1.1"
TABLES = "1.1.2"
REST = "1.2"
_LONG = dataclasses.replace(pdf.SAMPLE, number="210", pages=5)
_RAR = b"Rar!\x1a\x07\x01\x00" + bytes(400)
_FILM = b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41" + bytes(4000)

# Path below the criterion's folder, and what makes its bytes.
EXHIBITS: dict[str, dict[str, Callable[[], bytes]]] = {
    PAPERS: {
        "ban-ky-so.pdf": pdf.signed,
        "ban-hai-chu-ky.pdf": pdf.signed_twice,
        "ban-dong-dau-den.pdf": pdf.rewritten,
        "ban-sua-sau-khi-ky.pdf": pdf.tampered,
        "ban-khong-ky-so.pdf": lambda: pdf.official(dataclasses.replace(pdf.SAMPLE, number="9")),
        "ban-quet.pdf": lambda: pdf.scanned(150, pages=2),
        "ban-quet-mo.pdf": lambda: pdf.scanned(60),
        "du-thao.pdf": lambda: pdf.official(pdf.DRAFT),
        "co-mat-khau.pdf": pdf.encrypted,
        "trang-trang.pdf": pdf.with_blank_page,
        "cat-cut.pdf": lambda: pdf.truncated(missing=9_000),
        "bao-cao-dai.pdf": lambda: pdf.official(_LONG),
        "co-lenh.pdf": pdf.with_action,
        "khong-phai-pdf.pdf": lambda: b"<html><body>Xin chao</body></html>",
    },
    TABLES: {
        "so-lieu.xlsx": lambda: office.workbook(40),
        "so-lieu-cu.xls": office.old_workbook,
        "bang.csv": text.csv,
        "ke-hoach.docx": office.official,
        "gop-y.docx": office.tracked,
        "loi-gop-y.docx": office.commented,
        "co-macro.docm": office.with_macro,
        "ban-cu.doc": office.old_document,
        "co-khoa.docx": office.locked_package,
        "trinh-chieu.pptx": office.presentation,
        "mo.odt": office.open_text,
        "ghi-chu.txt": text.utf8,
        "anh-hop-quy-1/1.jpg": images.photo,
        "anh-hop-quy-1/2.jpg": lambda: images.saved(images.scene(1200, 1600), "JPEG"),
        "anh-hop-quy-1/3.png": images.png,
        "anh-hop-quy-1/4.heic": images.heic,
        "anh-hop-quy-1/ghi-chu.txt": text.utf8_with_mark,
    },
    REST: {
        "ho-so.zip": archives.simple,
        "co-chuong-trinh.zip": archives.executable,
        "nhieu-tep.zip": lambda: archives.many_members(60),
        "bom.zip": archives.ratio_bomb,
        "ho-so.rar": lambda: _RAR,
        "phong-su.mp4": lambda: _FILM,
        "anh-le.jpg": lambda: images.photo(orientation=3),
        "anh-nho.jpg": images.small_photo,
        "anh-hong.jpg": images.truncated_photo,
        "ban-quet.tif": images.tiff,
        "so-do.svg": text.svg,
        "trang-web.html": text.html_table,
        "thu.eml": text.letter,
        "trong.pdf": lambda: b"",
    },
}


def fill(target: Path) -> None:
    """Make the exhibits under the paths that they have in a copy of the commune."""
    for criterion, exhibits in EXHIBITS.items():
        (folder,) = _COMMUNE.glob(f"evidence/**/{criterion}-*")
        for name, make in exhibits.items():
            path = target / folder.relative_to(_COMMUNE) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(make())


if __name__ == "__main__":
    fill(Path(sys.argv[1]))
