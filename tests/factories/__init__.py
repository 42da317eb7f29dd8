"""Factories with traits and no surprises: nothing is made that the test did not ask for."""
