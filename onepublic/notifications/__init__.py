"""The notification centre: what the portal told a person by mail, readable without the mail."""
