"""The address of a Neo4j server, and the errors of its driver as ones that say what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from kg.records.errors import SinkError

if TYPE_CHECKING:
    from neo4j.exceptions import DriverError, Neo4jError

_SCHEMES: Final = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
_ADDRESS: Final = "give an address like bolt://localhost:7687 in NEO4J_URI"


def translated(error: DriverError | Neo4jError, uri: str, user: str, database: str) -> SinkError:
    """Return the driver's `error` as one that says what to do; the password is nowhere in it."""
    from neo4j.exceptions import AuthError, Neo4jError, ServiceUnavailable

    code = (error.code or "") if isinstance(error, Neo4jError) else ""
    where = f"Neo4j at {shown_uri(uri)}"
    if isinstance(error, ServiceUnavailable):
        return SinkError(
            f"{where} does not answer: {str(error).splitlines()[-1]}",
            is_retryable=True,
            hint=f"start the server, or {_ADDRESS}",
        )
    if isinstance(error, AuthError) or ".Security." in code:
        return SinkError(
            f"{where} refuses user {user!r} ({code.rpartition('.')[2] or 'no login'})",
            hint="check NEO4J_USERNAME and NEO4J_PASSWORD",
        )
    if code.endswith("DatabaseNotFound"):
        return SinkError(
            f"{where} has no database {database!r}", hint="'SHOW DATABASES' lists them; give one in NEO4J_DATABASE"
        )
    if ".Schema.Constraint" in code or code.endswith("AlreadyExists"):
        return SinkError(
            f"{where}: data or indexes that are not kg's collide with kg's unique ids: {_message(error)}",
            hint="load into a database of its own, or remove the node or index that the message names",
        )
    return SinkError(f"{where}: {_message(error)}", is_retryable=error.is_retryable())


def check_address(uri: str) -> None:
    """Raise SinkError for what is no Bolt address or has a password in it, which the driver's own error would show."""
    parts = urlsplit(uri)
    try:
        has_port = parts.port is None or parts.port > 0
    except ValueError:
        has_port = False
    if parts.scheme not in _SCHEMES or not parts.hostname or not has_port:
        raise SinkError(f"Neo4j at {shown_uri(uri)!r}: not a Bolt address", hint=_ADDRESS)
    if parts.username or parts.password:
        raise SinkError(
            f"Neo4j at {shown_uri(uri)!r}: the address contains a user or password",
            hint="give them apart from it, in NEO4J_USERNAME and NEO4J_PASSWORD",
        )


def shown_uri(uri: str) -> str:
    """Return a URI without user and password.

    >>> shown_uri("bolt://neo4j:secret@localhost:7687")
    'bolt://localhost:7687'
    """
    parts = urlsplit(uri)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _message(error: Exception) -> str:
    from neo4j.exceptions import Neo4jError

    text = error.message if isinstance(error, Neo4jError) else str(error)
    return (text or type(error).__name__).strip().splitlines()[0]
