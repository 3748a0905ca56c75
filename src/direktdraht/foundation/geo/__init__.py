"""Geo: the city's own index of streets and houses, so that a place is found without asking anyone else."""
