"""Installed apps, middleware, templates. Rooms are listed from the top floor down."""

INSTALLED_APPS = [
    "direktdraht.portal",
    "direktdraht.forms",
    "direktdraht.bookings",
    "direktdraht.submissions",
    "direktdraht.cases",
    "direktdraht.services",
    "direktdraht.questions",
    "direktdraht.writtenform",
    "direktdraht.payments",
    "direktdraht.people",
    "direktdraht.foundation.web",
    "direktdraht.foundation.journal",
    "direktdraht.foundation.post",
    "direktdraht.foundation.documents",
    "direktdraht.foundation.jobs",
    "direktdraht.foundation.city",
    "direktdraht.foundation.limits",
    "direktdraht.foundation.geo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "rules",
]

MIDDLEWARE = [
    "direktdraht.foundation.web.proxies.VisitorAddress",
    "django.middleware.security.SecurityMiddleware",
    "direktdraht.foundation.web.public_pages.PublicPages",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "direktdraht.foundation.web.context.page",
            ],
        },
    }
]

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
