from django.apps import AppConfig
from django.core.checks import Tags, register

from onepublic.files.checks import scanner


class FilesConfig(AppConfig):
    name = "onepublic.files"
    verbose_name = "ファイル"

    def ready(self) -> None:
        register(scanner, Tags.security)
