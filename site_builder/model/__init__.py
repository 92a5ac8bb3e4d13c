"""Frozen values that every stage shares; standard library only, no disk, no clock."""
