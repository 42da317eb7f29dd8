"""An e-mail backend that keeps each message in the demo's post box."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from onepublic.dev.models import DemoMail


class DemoOutboxBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep one row per message and recipient; return the number of messages."""
        DemoMail.objects.bulk_create(
            DemoMail(
                recipient=recipient,
                subject=str(message.subject),
                text=str(message.body),
                message_id=message.extra_headers.get("Message-ID", ""),
            )
            for message in email_messages
            for recipient in message.to
        )
        return len(email_messages)
