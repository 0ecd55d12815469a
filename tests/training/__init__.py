"""Tests of what makes the learned reader, as far as it runs without torch."""
