"""The processes of one node: database, web and worker under one supervisor that leaves nothing behind."""
