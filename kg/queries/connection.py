"""One `query` for both engines: the embedded database of a build, or a Neo4j server.

    with kg.connect("out") as graph:
        graph.query("MATCH (m:Meeting) RETURN m.name, m.date ORDER BY m.date")
        graph.saved("career", name="沈砚秋")

The same statement on the same graph gives the same frame on both: statements in
`schema/neo4j/` and in the notebooks stay in the Cypher that both run (docs/sinks.md says
what that is). Reading only: a writing statement is an error on both.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final

from kg.engine.config import neo4j_settings
from kg.engine.output import DATABASE
from kg.queries.data_frames import Rows, data_frame, from_ladybug, from_neo4j, load_pandas
from kg.queries.saved import saved_query
from kg.records.errors import ConfigError, SinkError
from kg.sinks import ladybug as embedded

if TYPE_CHECKING:
    from typing import Self

    import pandas

_NO_PARAMETER: Final = re.compile(
    r"//[^\n]*|/\*.*?\*/" r"|'(?:\\.|[^'\\])*'" r'|"(?:\\.|[^"\\])*"' r"|`(?:``|[^`])*`", re.DOTALL
)


def query(out: str | Path, cypher: str, /, **parameters: Any) -> embedded.Result:
    """Run one reading Cypher statement against the database of a build.

    Args:
        out: The folder of the build, or the database file itself.
        cypher: The statement; `$name` stands for a parameter.
        parameters: Values for `$name`.

    Raises:
        SinkError: there is no database, the statement is wrong, or it would write.
    """
    path = Path(out)
    return embedded.query(path / DATABASE if path.is_dir() else path, cypher, **parameters)


def connect(target: str | Path) -> Connection:
    """Return a connection that answers Cypher with data frames.

    Args:
        target: The folder of a build or its `graph.lbug`; or the address of a Neo4j server
            (`bolt://`, `neo4j://`, `+s` for TLS), whose user, password and database are
            taken from NEO4J_USERNAME, NEO4J_PASSWORD and NEO4J_DATABASE.

    Raises:
        ConfigError: pandas is not installed, or no password is set.
        SinkError: there is no such database, or the server does not answer or let in.
    """
    load_pandas()
    if "://" in str(target):
        return Server(str(target))
    path = Path(target)
    if path.is_dir():
        path /= DATABASE
    if not path.is_file():
        raise SinkError(
            f"{path}: no such database",
            hint="name the folder of a build ('kg build INPUT -o OUT' makes one) or an address like bolt://localhost:7687",
        )
    return Embedded(path)


class Connection(ABC):
    """An open graph; `with` closes it."""

    def query(self, cypher: str, /, **parameters: Any) -> pandas.DataFrame:
        """Run one reading statement.

        Args:
            cypher: The statement; `$name` stands for a parameter.
            parameters: Values for `$name`.

        Returns:
            One row an answer, in order. Days are `datetime.date`, whole numbers stay whole where
            some are missing. A node or relationship is a dict of its properties and `type`
            (`Person`, `HOLDS`), a path a dict of `nodes` and `edges`.

        Raises:
            SinkError: the statement is wrong or would write, lacks a parameter, or the server failed.
        """
        missing = sorted(set(re.findall(r"\$(\w+)", _NO_PARAMETER.sub(" ", cypher))) - set(parameters))
        if missing:  # the embedded engine would take it for null and find nothing
            raise SinkError(
                f"the statement needs a value for {', '.join(f'${name}' for name in missing)}",
                hint=f"query(cypher, {', '.join(f'{name}=…' for name in missing)})",
            )
        return data_frame(*self._rows(cypher, parameters))

    def saved(self, name: str, /, **parameters: Any) -> pandas.DataFrame:
        """Run a saved query of `schema/neo4j/` (`kg.saved_queries()` lists them).

        Args:
            name: Its name, such as "career".
            parameters: Values in place of the defaults that its heading states.

        Raises:
            ConfigError: there is no such query, or it has no such parameter.
            SinkError: as for `query`.
        """
        asked = saved_query(name)
        unknown = sorted(set(parameters) - set(asked.parameters))
        if unknown:
            known = ", ".join(asked.parameters) or "none"
            raise ConfigError(f"the saved query {name!r} has no parameter {', '.join(unknown)} (known: {known})")
        return self.query(asked.cypher, **{**asked.parameters, **parameters})

    @abstractmethod
    def close(self) -> None:
        """Let go of the database; closing twice is closing once."""

    def __enter__(self) -> Self:
        """Return the connection itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    @abstractmethod
    def _rows(self, cypher: str, parameters: Mapping[str, Any]) -> tuple[Sequence[str], Rows]:
        """Return column names and rows of plain values."""


class Embedded(Connection):
    """The database file of a build.

    It is opened for each statement (about 40 ms), so that `kg build` can replace it in between.
    """

    def __init__(self, path: Path) -> None:
        """Take the file."""
        self.path = path

    def __repr__(self) -> str:
        """Say what is asked."""
        return f"kg.connect({str(self.path)!r})"

    def close(self) -> None:
        """Do nothing: no file is open between statements."""

    def _rows(self, cypher: str, parameters: Mapping[str, Any]) -> tuple[Sequence[str], Rows]:
        found = embedded.query(self.path, cypher, **parameters)
        return found.columns, [tuple(map(from_ladybug, row)) for row in found.rows]


class Server(Connection):
    """A Neo4j server that `kg load` filled."""

    def __init__(self, uri: str) -> None:
        """Open the connection and try it.

        Raises:
            ConfigError: no password is set.
            SinkError: the server does not answer, refuses the login or lacks the database.
        """
        import neo4j

        from kg.sinks.bolt import check_address, shown_uri

        check_address(uri)
        self._settings = neo4j_settings(uri, None, None, None)
        if self._settings.password is None:
            raise ConfigError(f"no password for Neo4j at {shown_uri(uri)}", hint="set NEO4J_PASSWORD")
        self._driver = neo4j.GraphDatabase.driver(uri, auth=(self._settings.user, self._settings.password))
        try:
            # Not in a managed transaction, which would retry for 30 seconds.
            self._translating(self._try)
        except SinkError:
            self._driver.close()
            raise

    def __repr__(self) -> str:
        """Say what is asked; the password is nowhere in it."""
        return f"kg.connect({self._settings.uri!r})"

    def close(self) -> None:
        """Close the connections to the server."""
        self._driver.close()

    def _rows(self, cypher: str, parameters: Mapping[str, Any]) -> tuple[Sequence[str], Rows]:
        import neo4j

        found: Any = self._translating(
            lambda: self._driver.execute_query(
                cypher, dict(parameters), database_=self._settings.database, routing_=neo4j.RoutingControl.READ
            )
        )
        return found.keys, [tuple(map(from_neo4j, record.values())) for record in found.records]

    def _try(self) -> None:
        with self._driver.session(database=self._settings.database) as session:
            session.run("RETURN 1").consume()

    def _translating(self, call: Callable[[], object]) -> object:
        from neo4j.exceptions import DriverError, Neo4jError

        from kg.sinks.bolt import translated

        try:
            return call()
        except (DriverError, Neo4jError) as error:
            raise translated(error, self._settings.uri, self._settings.user, self._settings.database) from error
