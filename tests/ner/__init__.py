"""Tests of kg.ner."""
