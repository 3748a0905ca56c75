"""The catalogue of services (Dienstleistungen): who answers, how soon, on which legal basis, at which cost."""
