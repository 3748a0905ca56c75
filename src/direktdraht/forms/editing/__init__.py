"""Editing a definition: commands on the document, what each changed, and the way back. Pure: it stores nothing."""
