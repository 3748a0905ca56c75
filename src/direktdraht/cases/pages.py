"""What the pages of both sides share: refusals as pages, forms that tell what went wrong."""

from direktdraht.cases.errors import CasesError
from direktdraht.foundation.documents.types import DocumentRefused
from direktdraht.foundation.web.refusals import refused_page, telling, trying

told = telling(CasesError, refused_page("cases/refused.html", "number"))
tried = trying(CasesError, uploads=DocumentRefused)
