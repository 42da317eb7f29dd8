"""The calendar: what is due for a person, by month."""
