"""Orders of compilations that a division keeps under a name."""

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import Division, User
from onepublic.audit.models import record
from onepublic.core.errors import demand
from onepublic.files.models import StoredFile
from surveys.compilation.orders import Order
from surveys.models import CompilationLayout
from surveys.permissions import keeps_layouts


@transaction.atomic
def save_layout(
    division: Division, *, by: User, name: str, order: Order, template: StoredFile | None = None
) -> CompilationLayout:
    """Keep the order under ``name``; what bore the name before is replaced.

    Raises PermissionDenied for people who don't run the division's surveys.
    """
    demand(keeps_layouts(by, division.pk))
    layout, _ = CompilationLayout.objects.update_or_create(
        division=division,
        name=name,
        defaults={
            "stored_order": order.to_json(),
            "template": template,
            "saved_by": by,
            "saved_at": Now(),
        },
    )
    record("compilation_layout.saved", layout, by=by, name=name)
    return layout


@transaction.atomic
def delete_layout(layout: CompilationLayout, *, by: User) -> None:
    """Take it away. Raises PermissionDenied for people who don't run the division's surveys."""
    locked = CompilationLayout.objects.select_for_update().get(pk=layout.pk)
    demand(keeps_layouts(by, locked.division_id))
    record("compilation_layout.deleted", locked, by=by, name=locked.name)
    locked.delete()
