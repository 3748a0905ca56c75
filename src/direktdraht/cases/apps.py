"""Registration of the room with Django, and what it registers below."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """The direct line."""

    name = "direktdraht.cases"
    label = "cases"

    def ready(self) -> None:
        """Register files, journal contents and personal data of cases."""
        from direktdraht.cases.contents import CaseContents  # models are known only now
        from direktdraht.cases.owners import DecisionFiles, MessageFiles, ProofFiles
        from direktdraht.cases.personal_data import CaseData
        from direktdraht.foundation.documents import owners
        from direktdraht.foundation.journal.contents import contents
        from direktdraht.people import personal_data

        owners.register("case_message", MessageFiles())
        owners.register("decision", DecisionFiles())
        owners.register("proof", ProofFiles())
        contents.register("case", CaseContents())
        personal_data.register("cases", CaseData())
