"""The one way of everything a person sends: draft, freeze, submit, receipt, replay.

What is sent is brought by rooms above through the registry ``kinds``.
"""
