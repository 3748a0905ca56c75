"""The front door: home, catalogue, search, own area, the staff's start, statutory pages, city settings."""
