"""A page for each organization: its public facts, and what it was sent and asked."""
