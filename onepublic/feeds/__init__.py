"""Feeds for other programs: notices as Atom, due dates as iCalendar, behind a secret address."""
