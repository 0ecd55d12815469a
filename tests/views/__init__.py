"""Tests of the views: filters, projections, layout."""
