"""Outgoing mail: queued in the sender's transaction, sent by the worker, tried again, failures visible."""
