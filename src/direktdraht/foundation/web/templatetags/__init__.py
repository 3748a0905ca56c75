"""The components of every page as template tags."""
