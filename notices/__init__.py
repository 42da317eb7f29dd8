"""Notices, versions, audience, deliveries, reading and acknowledging."""
