"""Where findings and scores go: a terminal, a forge's CI, a program. Each one a pure function."""
