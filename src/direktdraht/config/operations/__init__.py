"""What the commands do once Django and the database are up, one module a command with ``execute(options)``."""
