"""From local relations to the corpus graph: merged edges, checked against the schema."""
