"""Registration of the room with Django."""

from django.apps import AppConfig


class SubmissionsConfig(AppConfig):
    """Drafts, submissions, receipts."""

    name = "direktdraht.submissions"
    label = "submissions"

    def ready(self) -> None:
        """Tell the rooms below what this one owns."""
        from direktdraht.submissions.registration import register  # models are known only now

        register()
