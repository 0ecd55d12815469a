"""Tests of kg.records."""
