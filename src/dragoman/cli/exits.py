"""The exit codes of every command."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What a command's exit code says."""

    ALL_READ = 0
    NONE_READ = 1
    USAGE = 2
    SOME_SKIPPED = 3
    INTERRUPTED = 130
