from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "onepublic.files"
    verbose_name = "ファイル"
