"""Tests with the real programs of the desk: `make test-desk`."""
