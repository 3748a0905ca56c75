"""The element types: one module each, one line each in the registry."""
