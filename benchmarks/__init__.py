"""How fast the house is, measured against bare and plain Django on the same machine: ``make bench``."""
