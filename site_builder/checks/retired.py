"""Codes that were withdrawn: never given to another check, so that old answers stay true."""

RETIRED: tuple[str, ...] = ()
