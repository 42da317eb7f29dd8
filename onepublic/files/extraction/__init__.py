"""The text of a file, read in a process of its own that may use only so much time and memory."""
