"""The graph's schema: node and edge types with their properties, read from `schema/*.yaml`.

Everything that knows about labels and properties (the check of edges, the tables of
the embedded database, constraints, CSV headers, GraphML keys) is made from this.
"""

from kg.tables.schema.definitions import DOCUMENT, PROPERTY_TYPES, EdgeType, NodeType, PropertyType, Schema
from kg.tables.schema.read import load_schema

__all__ = ["DOCUMENT", "PROPERTY_TYPES", "EdgeType", "NodeType", "PropertyType", "Schema", "load_schema"]
