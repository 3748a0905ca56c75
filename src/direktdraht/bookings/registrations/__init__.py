"""Registrations (Anmeldungen): series of offers, parties with wishes, the draw, the waiting list.

``line``, ``refunds`` and ``files`` are pure. That no place is given out twice is held by numbered seats alone.
"""
