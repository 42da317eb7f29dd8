"""The pages on which a civil servant writes a questionnaire."""
