"""The city that runs this house: name, colours, state, imprint. Set by staff, first filled from ``city.toml``."""
