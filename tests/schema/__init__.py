"""Tests of kg.schema."""
