"""Append-only events: who did what to which object, written with the change itself."""
