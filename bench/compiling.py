"""Compilations of one survey, one after another until this process is ended: ``python -m``."""

import sys

from bench.database import prepare_django

if __name__ == "__main__":
    prepare_django()

from surveys.compilation import running
from surveys.models import Compilation, Survey


def compile_without_end(survey: Survey) -> None:
    """Each begins when the one before is done."""
    while True:
        made = Compilation.objects.create(survey=survey, requested_by=survey.created_by)
        running.run(made.pk)


if __name__ == "__main__":
    compile_without_end(Survey.objects.get(pk=sys.argv[1]))
