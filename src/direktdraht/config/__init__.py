"""The front yard: settings, addresses, processes and the command line. It knows every room; no room knows it."""
