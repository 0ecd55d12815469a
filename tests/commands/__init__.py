"""Tests of kg.commands."""
