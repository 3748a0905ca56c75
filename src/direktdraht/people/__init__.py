"""Who is speaking: accounts, identification methods, staff units and roles, sessions."""
