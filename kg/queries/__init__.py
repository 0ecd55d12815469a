"""Questions to a graph, the same for both engines."""
