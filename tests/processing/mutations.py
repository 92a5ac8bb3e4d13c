"""How files get broken on their way: cut, flipped, zeroed, mixed, and broken within a ZIP."""

import io
import random
import zipfile

from tests.processing.makers import office


def mutated(data: bytes, other: bytes, seed: int) -> bytes:
    """The bytes, broken in a way that ``seed`` chooses."""
    dice = random.Random(seed)  # noqa: S311 - the same each time is the point
    if data.startswith(b"PK") and dice.random() < 0.6:
        return _within(data, other, dice)
    return _broken(data, other, dice)


def _broken(data: bytes, other: bytes, dice: random.Random) -> bytes:
    made = bytearray(data)
    size = max(1, len(made))
    match dice.randrange(7):
        case 0:
            return bytes(made[: dice.randrange(size)])
        case 1:
            for _ in range(dice.choice((1, 1, 2, 8, 64))):
                if made:
                    made[dice.randrange(len(made))] ^= 1 << dice.randrange(8)
        case 2:
            start = dice.randrange(size)
            length = dice.choice((1, 4, 16, 512))
            made[start : start + length] = dice.choice((b"\0", b"\xff")) * length
        case 3:
            start = dice.randrange(size)
            del made[start : start + dice.choice((1, 2, 16, 512, 4096))]
        case 4:
            start = dice.randrange(size)
            made[start:start] = made[dice.randrange(size) :][: dice.choice((1, 8, 200, 3000))]
        case 5:
            made = bytearray(made[: dice.randrange(size)] + other[dice.randrange(len(other) + 1) :])
        case _:
            start = dice.randrange(size)
            number = dice.choice((0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF))
            made[start : start + 4] = number.to_bytes(4, dice.choice(("little", "big")))
    return bytes(made)


def _within(data: bytes, other: bytes, dice: random.Random) -> bytes:
    """A part of the package broken and packed anew, so that its check sum fits."""
    try:
        parts = office.parts_of(data)
    except (zipfile.BadZipFile, OSError):
        return _broken(data, other, dice)
    name = dice.choice(sorted(parts))
    part = parts[name]
    broken = _broken(part if isinstance(part, bytes) else part.encode(), other, dice)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, content in parts.items():
            archive.writestr(each, broken if each == name else content)
    return out.getvalue()
