"""Tests of kg.tables."""
