"""The project package: settings, URLs, Celery, and what all apps stand on."""
