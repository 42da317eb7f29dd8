"""The outbox: messages are rows first, and are sent by whoever claims them."""
