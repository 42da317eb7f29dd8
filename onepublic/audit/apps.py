from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "onepublic.audit"
    verbose_name = "監査"
