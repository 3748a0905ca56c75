"""Trusted lists (ETSI TS 119 612): read, verify from pinned certificates on, keep the last good copy. Pure."""
