"""Counterparts as separate programs for demo and tests; nothing here is imported by the product."""
