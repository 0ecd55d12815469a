"""Sinks: where the corpus graph goes. One module each; `kg.sinks.base.sink_for` finds them by name.

Writing twice equals writing once, and writing an updated graph takes away what an earlier
graph of kg put there and is gone. Nothing here imports a database or an XML library until
a sink is asked for.
"""
