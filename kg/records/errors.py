"""The error tree. Every message says where, what and what was expected; `hint` says what to do.

KgError                 exit code
├── ConfigError             3   a setting is missing, unknown or ill-typed
├── InputFileError          3   a file that the user named cannot be used
│   ├── SchemaError         3   schema/ contradicts itself
│   ├── SeedError           3   a row of a seed table is malformed or collides
│   └── SourceError         3   a document cannot be read: a drop, unless nothing else is left
├── ModelError              4   a tokenizer or model is absent or does not fit
├── ResolveError            3   judgements contradict each other
└── SinkError               5   a graph cannot be written or read
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar


class KgError(Exception):
    """Base of all errors that a user can act on."""

    exit_code: ClassVar[int] = 3

    def __init__(self, message: str, *, hint: str = "") -> None:
        """Keep the message, and the next step apart from it."""
        super().__init__(message)
        self.hint = hint


class ConfigError(KgError):
    """A setting is missing, unknown or ill-typed; the message lists all faults found."""


class InputFileError(KgError):
    """A file that the user named cannot be used."""

    def __init__(self, message: str, *, path: str | Path = "", line: int | None = None, hint: str = "") -> None:
        """Prefix the message with `path:line`, as compilers do."""
        where = f"{path}:{line}: " if path and line else f"{path}: " if path else ""
        super().__init__(where + message, hint=hint)
        self.path = str(path)
        self.line = line


class SchemaError(InputFileError):
    """`schema/` contradicts itself."""


class SeedError(InputFileError):
    """A row of a seed table is malformed or collides with another."""


class SourceError(InputFileError):
    """A document cannot be read; `reason` is the drop reason it is counted under."""

    def __init__(
        self, message: str, *, reason: str, path: str | Path = "", line: int | None = None, hint: str = ""
    ) -> None:
        """Keep the reason under which the run report counts the document."""
        super().__init__(message, path=path, line=line, hint=hint)
        self.reason = reason


class ModelError(KgError):
    """A tokenizer or model is absent or does not fit."""

    exit_code = 4


class ResolveError(KgError):
    """Judgements contradict each other."""


class SinkError(KgError):
    """A graph cannot be written or read; `is_retryable` says whether trying again may help."""

    exit_code = 5

    def __init__(self, message: str, *, is_retryable: bool = False, hint: str = "") -> None:
        """Keep whether the same call may succeed later."""
        super().__init__(message, hint=hint)
        self.is_retryable = is_retryable
