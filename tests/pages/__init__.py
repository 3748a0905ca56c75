"""The whole site at once: every address × every role, with objects as in a city's everyday life."""
