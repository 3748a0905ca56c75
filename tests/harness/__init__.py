"""What every test stands on: database, strictness, page checks."""
