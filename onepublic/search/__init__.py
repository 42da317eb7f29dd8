"""One box in the header that finds notices, surveys and organizations."""
