"""Verbs: the only place where a notice changes. One transaction each, with its audit event."""
