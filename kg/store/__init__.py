"""Extractions on disk, so that a second run reads only what is new."""
