"""The waiting hall (Wartehalle): numbers for who comes without an appointment, calls by counter, the call display.

``turns`` is pure and says whose turn it is; a number belongs to nobody by name and is erased after its day.
"""
