"""Organizations, divisions, people, memberships, roles, recipient groups."""
