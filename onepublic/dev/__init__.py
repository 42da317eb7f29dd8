"""What only demo and tests have: embedded servers, the supervisor, demo content."""
