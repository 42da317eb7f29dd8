"""The master of organizations: CSV rows are read, checked, compared, and only then written."""
