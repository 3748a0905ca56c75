"""The WSGI application that granian serves; its process ends with the server that started it."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from direktdraht.config.halving import Application, halve_responses
from direktdraht.config.processes.child import end_with_parent

end_with_parent(os.getppid())
application: Application = get_wsgi_application()

if settings.MODE == "test":
    application = halve_responses(application)
