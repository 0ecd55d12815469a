"""Smaller graphs out of the corpus graph: pure functions from graph to graph, for analysts who cannot read it whole.

`kg.views.filters` leaves things out, `kg.views.projections` joins people by what they share, and `kg.views.select`
does both in the one order that makes sense.
"""
