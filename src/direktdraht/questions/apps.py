"""The room's name. It registers nothing below; upper rooms add element types to its registry."""

from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    """Questions (Fragen): elements, conditions, evaluation, rendering."""

    name = "direktdraht.questions"
    label = "questions"
