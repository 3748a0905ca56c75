"""Appointments (Termine): sites, counters, opening hours, free times, visits, and the list of wishes for scarce times.

``free_times`` is pure; that no time is given out twice is held by the table of cells alone, see ``cells``.
"""
