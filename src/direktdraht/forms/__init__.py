"""The form service (Formulardienst): definition files become published versions, versions are filled in.

Elements, conditions and evaluation are the room ``questions``; sending is the room ``submissions``.
"""
