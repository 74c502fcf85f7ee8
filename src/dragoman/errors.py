"""The exceptions of Dragoman. Each says what went wrong, where, and what to do next.

DragomanError
├── SourceError               an input could not be turned into an article
│   ├── NotFound              no such file, folder or address
│   ├── FetchError            an address did not answer, or answered with an error
│   ├── NotText               the input is not text (an image, an archive, a PDF ...)
│   ├── EmptyInput            nothing to read
│   ├── TooLarge              over the size limit
│   ├── TooSlow               over the time limit
│   └── WrongLanguage         the text is not in English
├── LexiconError              a table is malformed; names the file and the line
├── ModelError                the weights are missing or do not fit this version
└── UsageError                the call itself makes no sense (a bad date, a bad option)
"""

from __future__ import annotations


class DragomanError(Exception):
    """Base of all errors raised on purpose. `where` is a path, an address or a table row."""

    def __init__(self, what: str, *, where: str | None = None, next_step: str | None = None) -> None:
        self.what, self.where, self.next_step = what, where, next_step
        parts = [f"{where}: {what}" if where else what]
        if next_step:
            parts.append(next_step)
        super().__init__(" — ".join(parts))


class SourceError(DragomanError):
    """An input could not be turned into an article."""


class NotFound(SourceError):
    """No such file, folder or address."""


class FetchError(SourceError):
    """An address did not answer, or answered with an error."""


class NotText(SourceError):
    """The input is not text."""


class EmptyInput(SourceError):
    """The input holds nothing to read."""


class TooLarge(SourceError):
    """The input is over the size limit."""


class TooSlow(SourceError):
    """Reading the input took longer than the time limit."""


class WrongLanguage(SourceError):
    """The text is not in a language that Dragoman reads."""


class LexiconError(DragomanError):
    """A table of the lexicon is malformed."""


class ModelError(DragomanError):
    """The weights are missing or do not fit this version."""


class UsageError(DragomanError):
    """The call itself makes no sense."""
