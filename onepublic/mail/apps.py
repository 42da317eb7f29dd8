from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "onepublic.mail"
    verbose_name = "メール"
