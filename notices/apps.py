from importlib import import_module

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "notices"
    verbose_name = "通知"

    def ready(self) -> None:
        """Load what registers itself: the mail's renderers, the finder of numbers and the tasks
        of search; models exist only from now on.
        """
        for theme in ("correspondence", "drafts", "handing_over", "publication", "searches"):
            import_module(f"notices.mail.{theme}")
        import_module("notices.citations")
        import_module("notices.reminders")
        import_module("notices.search.tasks")
