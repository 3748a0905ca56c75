"""Django settings, one file a topic. Each topic file reads only the environment."""

from direktdraht.config.settings.accounts import *  # noqa: F403  # a settings module is the union of its topics
from direktdraht.config.settings.apps import *  # noqa: F403  # a settings module is made of names
from direktdraht.config.settings.base import *  # noqa: F403  # a settings module is made of names
from direktdraht.config.settings.caching import *  # noqa: F403  # a settings module is made of names
from direktdraht.config.settings.database import *  # noqa: F403  # a settings module is made of names
from direktdraht.config.settings.languages import *  # noqa: F403  # a settings module is made of names
from direktdraht.config.settings.logs import *  # noqa: F403  # a settings module is made of names
from direktdraht.config.settings.mail import *  # noqa: F403  # a settings module is made of names
from direktdraht.config.settings.navigation import *  # noqa: F403  # a settings module is made of names
from direktdraht.config.settings.security import *  # noqa: F403  # a settings module is made of names
from direktdraht.config.settings.static import *  # noqa: F403  # a settings module is made of names
