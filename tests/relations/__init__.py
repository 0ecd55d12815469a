"""Tests of kg.relations."""
