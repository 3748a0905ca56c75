"""Direktdraht: one front door for direct communication between a city's people and its administration."""
