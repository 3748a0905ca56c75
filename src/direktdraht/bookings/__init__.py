"""What is given out fairly: places (Anmeldedienst), appointments (Termine), and turns in the waiting hall (Wartehalle).

``allocation`` needs neither Django nor database: anyone can recompute a draw from the published files.
"""
