"""The demo's content: people, notices and surveys, made by the code that the screens call."""
