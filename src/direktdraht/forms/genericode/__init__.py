"""Code lists from elsewhere: OASIS Genericode 1.0 as XÖV uses it, and CSV tables."""
