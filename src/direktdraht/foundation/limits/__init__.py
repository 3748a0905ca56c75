"""Rate limits in PostgreSQL, shared by all web nodes."""
