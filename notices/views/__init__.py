"""Pages of notices: load what the person may see, call one verb, render or redirect."""
