"""Tests of kg.tables.schema."""
