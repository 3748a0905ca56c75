"""Programs for set-up and upkeep; none of them runs in production."""
