"""Questionnaires, assignments, responses, checking, compilation into Excel."""
