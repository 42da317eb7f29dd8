"""The first page after signing in: what this person's place has to do today."""
