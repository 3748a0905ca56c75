"""What is given out fairly: places (Anmeldedienst) and appointments (Termine).

``allocation`` needs neither Django nor database: anyone can recompute a draw from the published files.
"""
