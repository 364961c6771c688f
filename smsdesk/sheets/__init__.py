"""Spreadsheets in and out: `reader` (a child process), `columns`, `writer`."""
