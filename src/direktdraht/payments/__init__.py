"""Payments: orders, a double-entry ledger, providers (Zahlungen, Kasse).

A room above makes an order for what it wants paid and is told in the same transaction when that is settled,
expires or goes back. Nothing here knows what is being paid for.
"""
