"""Registrations: places that are given out fairly (Anmeldedienst).

``allocation`` needs neither Django nor database: anyone can recompute a draw from the published files.
"""
