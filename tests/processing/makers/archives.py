"""ZIP archives of every awkward kind, made from nothing; the same bytes each time."""

import io
import struct
import warnings
import zipfile

from tests.processing.makers import office
from tests.processing.makers.words import words

_DATE = (2026, 1, 10, 8, 0, 0)
_SYMLINK = 0o120777 << 16
_PDF = b"%PDF-1.4\n%%EOF\n"


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _DATE)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 3
    return info


def _zip(*members: tuple[zipfile.ZipInfo, bytes]) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # names that occur twice are what some tests want
        with zipfile.ZipFile(out, "w") as archive:
            for info, data in members:
                archive.writestr(info, data)
    return out.getvalue()


def simple() -> bytes:
    """A plan, a page and a folder."""
    return _zip(
        (_info("ke-hoach/"), b""),
        (_info("ke-hoach/ke-hoach.docx"), office.official()),
        (_info(words()["plain"]["name"]), _PDF),
        (_info("misnamed.pdf"), b"\x89PNG\r\n\x1a\n"),
    )


def undeclared_utf8() -> bytes:
    """The name is UTF-8, and the archive does not say so, as many programs write it."""
    plain = _zip((_info("B" * 20 + ".pdf"), _PDF))
    name = words()["plain"]["name"].encode()
    return plain.replace(b"B" * 20 + b".pdf", name.ljust(24, b"_"))


def nested() -> bytes:
    return _zip((_info("inner.zip"), simple()), (_info("report.pdf"), simple()))


def executable() -> bytes:
    program = b"MZ".ljust(60, b"\0") + struct.pack("<I", 64) + b"PE\0\0" + bytes(64)
    return _zip((_info("setup.exe"), b"x"), (_info("photo.jpg"), program))


def with_macro() -> bytes:
    return _zip((_info("report.docx"), office.with_macro()))


def traversal() -> bytes:
    return _zip((_info("../../etc/cron.d/x"), b"x"), (_info("ok.txt"), b"x"))


def drive() -> bytes:
    return _zip((_info("C:\\Windows\\x.txt"), b"x"))


def symlink() -> bytes:
    info = _info("link")
    info.external_attr = _SYMLINK
    return _zip((info, b"/etc/passwd"), (_info("ok.txt"), b"x"))


def duplicate() -> bytes:
    return _zip((_info("a.txt"), b"1"), (_info("A.TXT"), b"2"))


def disguised() -> bytes:
    """A name that a terminal would show as another one."""
    return _zip((_info("anh\u202egpj.exe"), b"x"))


def locked(*, all_: bool = True) -> bytes:
    """Members with a password, as their bits say."""
    made = bytearray(_zip((_info("a.txt"), b"1"), (_info("b.txt"), b"2")))
    at = 0
    for header, bits in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = made.find(header)
        while at >= 0:
            struct.pack_into("<H", made, at + bits, 1)
            at = made.find(header, at + 4) if all_ else -1
    return bytes(made)


def ratio_bomb() -> bytes:
    """Forty megabytes of nothing in forty kilobytes."""
    return _zip((_info("zeros.bin"), bytes(40 << 20)))


def many_members(count: int = 20_001) -> bytes:
    """More members than anybody hands in: one, listed again and again."""
    one = _zip((_info("a"), b""))
    at = one.find(b"PK\x01\x02")
    end = one.find(b"PK\x05\x06")
    entry = one[at:end]
    tail = bytearray(one[end:])
    struct.pack_into("<HHI", tail, 8, count, count, len(entry) * count)
    return one[:at] + entry * count + bytes(tail)


def overlapping() -> bytes:
    """Two members that share their bytes."""
    one = bytearray(_zip((_info("a"), b"x" * 1000), (_info("b"), b"x" * 1000)))
    second = one.rfind(b"PK\x01\x02")
    struct.pack_into("<I", one, second + 42, 0)
    return bytes(one)


def damaged_member() -> bytes:
    """The check sum of the first member does not fit."""
    made = bytearray(simple())
    made[made.find(b"PK\x03\x04", 4) + 200] ^= 0xFF
    return bytes(made)


def cut() -> bytes:
    whole = simple()
    return whole[: len(whole) - 40]


def empty() -> bytes:
    return _zip()
