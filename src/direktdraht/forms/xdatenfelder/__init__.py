"""XDatenfelder, the format of FIM for data schemas: versions 2.0 and 3.0.0 in, 3.0.0 out."""

from direktdraht.forms.xdatenfelder.exporting import export_schema
from direktdraht.forms.xdatenfelder.importing import import_schema
from direktdraht.forms.xdatenfelder.result import Imported, Proposal, ReportRow

__all__ = ["Imported", "Proposal", "ReportRow", "export_schema", "import_schema"]
