"""Reads of what spans rooms: what an edition's closing has to decide, and how far it is."""
