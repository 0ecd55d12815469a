"""Tests of kg.engine."""
