"""Stored files: what comes in is checked by content, what goes out is served as attachment."""
