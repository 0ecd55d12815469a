"""A real Neo4j Community server of our own: on free ports of the loopback, with its data in a temporary folder."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final

from scripts.desk.programs import DeskError, find_java, jars

POM: Final = Path(__file__).with_name("neo4j-pom.xml")
START_S: Final = 180
"""Seconds after which a server that does not answer is given up; 10 to 15 are usual."""
_OPENS: Final = tuple(
    f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in ("java.nio", "java.io", "sun.nio.ch")
)
"""What Neo4j's own start script opens; without them `neo4j-admin database import` dies of an AssertionError."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of Neo4j releases, with the release that kg is tested on, the Java that it needs and its main class."""

    name: str
    version: str
    java: int
    main: str


LINES: Final = {
    line.name: line
    for line in (
        Line("5.26", "5.26.30", java=17, main="org.neo4j.server.CommunityEntryPoint"),
        Line("2026", "2026.08.1", java=21, main="org.neo4j.server.Neo4jCommunity"),
    )
}


class Neo4jServer:
    """One server; a context manager that starts it, and stops it and removes its data in the end.

    Attributes:
        line: The line of releases.
        home: Its folder: `conf`, `data`, `logs`, `tmp`, and `bin/neo4j-admin`.
        password: That of the user `neo4j`.
        bolt_port, http_port: Where it listens; 0 until it is started.
    """

    def __init__(
        self,
        line: Line,
        *,
        password: str = "",
        bolt_port: int = 0,
        http_port: int = 0,
        heap: str = "512m",
        page_cache: str = "128m",
    ) -> None:
        """Take what to run; nothing is fetched or started yet.

        Args:
            line: One of `LINES`.
            password: 8 characters or more; a random one by default.
            bolt_port: A free one if 0 or taken.
            http_port: The same.
            heap: Memory of the server, as Java writes it.
            page_cache: Memory for the files of its database beside the heap.
        """
        self.line = line
        self.password = password or secrets.token_hex(8)
        self.bolt_port = bolt_port
        self.http_port = http_port
        self.heap = heap
        self.page_cache = page_cache
        self.home = Path()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Neo4jServer:
        """Assemble and start the server.

        Raises:
            MissingProgramError: no Java or no Maven.
            DeskError: the jars cannot be had, or the server does not start.
        """
        java = find_java(self.line.java)
        lib = jars(f"neo4j-{self.line.version}", POM, neo4j_version=self.line.version)
        self.home = Path(tempfile.mkdtemp(prefix=f"kg-neo4j-{self.line.name}-"))
        try:
            for folder in ("bin", "conf", "data", "logs", "run", "import", "plugins", "tmp"):
                (self.home / folder).mkdir()
            (self.home / "lib").symlink_to(lib)
            self._write_admin(java)
            self.start()
            self._set_password()
        except BaseException:
            self.remove()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the server and remove its data."""
        self.remove()

    @property
    def uri(self) -> str:
        """The Bolt address."""
        return f"bolt://127.0.0.1:{self.bolt_port}"

    def environment(self) -> dict[str, str]:
        """Return this process's environment with the variables by which kg's tests find a server."""
        own = {
            "KG_TEST_NEO4J_URI": self.uri,
            "KG_TEST_NEO4J_USER": "neo4j",
            "KG_TEST_NEO4J_PASSWORD": self.password,
        }
        return {**os.environ, **own}

    def start(self) -> None:
        """Start the server and wait until it answers.

        Raises:
            DeskError: it ends, or does not answer in `START_S` seconds; the message has the end of its log.
        """
        self.bolt_port, self.http_port = _free_port(self.bolt_port), _free_port(self.http_port)
        settings = {
            "server.bolt.listen_address": f"127.0.0.1:{self.bolt_port}",
            "server.http.listen_address": f"127.0.0.1:{self.http_port}",
            "server.memory.heap.max_size": self.heap,
            "server.memory.pagecache.size": self.page_cache,
            "dbms.usage_report.enabled": "false",
        }
        conf = "".join(f"{name}={value}\n" for name, value in settings.items())
        (self.home / "conf" / "neo4j.conf").write_text(conf, "utf-8")
        (self.home / "logs" / "neo4j.log").unlink(missing_ok=True)
        program = [self.line.main, f"--home-dir={self.home}", f"--config-dir={self.home}/conf"]
        # Its web server unpacks Browser into Java's temporary folder, and would leave it there.
        java = [self._java, *_OPENS, f"-Xmx{self.heap}", f"-Djava.io.tmpdir={self.home}/tmp"]
        command = [*java, "-cp", f"{self.home}/lib/*", *program]
        with (self.home / "logs" / "java.log").open("wb") as log:
            self._process = subprocess.Popen([*_dies_with_us(), *command], stdout=log, stderr=log)
        deadline = time.monotonic() + START_S
        while not self._has_started():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise DeskError(f"Neo4j {self.line.version} does not start:\n{self._log()}")
            time.sleep(0.2)

    def stop(self) -> None:
        """End the server at once: its data is ours, and a clean shutdown takes 11 seconds."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def remove(self) -> None:
        """Stop the server and remove its folder."""
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def _write_admin(self, java: Path) -> None:
        self._java = str(java)
        admin = self.home / "bin" / "neo4j-admin"
        admin.write_text(
            "#!/bin/sh\n"
            f'NEO4J_HOME="{self.home}" NEO4J_CONF="{self.home}/conf" JAVA_OPTS="{" ".join(_OPENS)}"\n'
            f'JAVA_HOME="{java.resolve().parents[1]}"\nexport NEO4J_HOME NEO4J_CONF JAVA_OPTS JAVA_HOME\n'
            f'exec "{java}" -cp "{self.home}/lib/*" org.neo4j.server.startup.Neo4jAdminCommand "$@"\n',
            "utf-8",
        )
        admin.chmod(0o755)

    def _set_password(self) -> None:
        import neo4j

        # Quicker than neo4j-admin, which would start a Java for it.
        with neo4j.GraphDatabase.driver(self.uri, auth=("neo4j", "neo4j")) as driver:
            statement = "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $password"
            driver.execute_query(statement, password=self.password, database_="system")

    def _has_started(self) -> bool:
        log = self.home / "logs" / "neo4j.log"
        return log.exists() and "INFO  Started." in log.read_text("utf-8", errors="replace")

    def _log(self) -> str:
        logs = (self.home / "logs" / name for name in ("neo4j.log", "java.log"))
        return "\n".join(path.read_text("utf-8", errors="replace")[-2000:] for path in logs if path.exists())


def _free_port(wanted: int) -> int:
    """Return `wanted` if it is free on the loopback, else another that is."""
    for port in (wanted, 0):
        with socket.socket() as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(listener.getsockname()[1])
    raise DeskError("no free port on 127.0.0.1")


def _dies_with_us() -> list[str]:
    """Return a prefix by which Linux ends a program when the process that started it is killed."""
    found = shutil.which("setpriv")
    return [found, "--pdeathsig", "KILL", "--"] if found else []
