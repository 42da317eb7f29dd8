"""What those who follow a survey see of its responses: counts, lists, curves. No answers."""
