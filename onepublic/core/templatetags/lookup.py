"""What a template needs to find by a key that another variable holds."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def at(mapping: Mapping[Any, Any], key: object) -> Any:
    """What the mapping holds under the key, or None."""
    return mapping.get(key)
