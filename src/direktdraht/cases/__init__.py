"""The direct line: intake of all channels, one thread for both sides, clocks, decisions (Bescheide)."""
