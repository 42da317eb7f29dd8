from collections.abc import Iterator, Sequence

import pytest
from pytest_django import Settings

from onepublic.mail import rendering
from onepublic.mail.models import OutboxMessage
from onepublic.mail.rendering import Letter
from tests.smtp_sink import SmtpSink, smtp_sink

KIND = "test_letter"
GONE = 404
BROKEN = 500


def write(messages: Sequence[OutboxMessage]) -> dict[int, Letter]:
    """A letter to everybody but about the subject GONE; fails where one is about BROKEN."""
    if any(message.subject_id == BROKEN for message in messages):
        raise KeyError("a renderer with a fault")
    return {
        message.pk: Letter(f"件名 {message.subject_id}", f"{message.person.name} 様\n本文です。")
        for message in messages
        if message.subject_id != GONE
    }


@pytest.fixture(autouse=True)
def renderer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Registered for this test alone: others look at what the portal itself registers."""
    monkeypatch.setattr(rendering, "_renderers", {})
    rendering.register(KIND, write)


@pytest.fixture
def sink(settings: Settings) -> Iterator[SmtpSink]:
    with smtp_sink() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        yield sink
