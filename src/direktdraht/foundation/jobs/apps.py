"""Registration of the room with Django."""

from django.apps import AppConfig

from direktdraht.foundation import checks


class JobsConfig(AppConfig):
    """Background work."""

    name = "direktdraht.foundation.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Register the check of stuck jobs."""
        from direktdraht.foundation.jobs.health import job_problems  # models are known only now

        checks.registry.register("jobs", job_problems)
