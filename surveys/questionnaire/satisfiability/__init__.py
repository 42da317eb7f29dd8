"""Whether conditions can hold, and rules can be kept and broken, given the limits of the answers.

Everything here errs on one side: what is refused is impossible for certain; what is too
involved to decide passes.
"""

from surveys.questionnaire.satisfiability.checks import contradictions

__all__ = ["contradictions"]
