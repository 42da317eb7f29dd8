"""Which division of an organization deals with which topic."""

from collections.abc import Mapping

from django.db import transaction

from accounts.models import Division, Organization, User
from accounts.permissions import administered_organization
from notices.models import Topic, TopicRoute
from onepublic.audit.models import record
from onepublic.core.errors import Refused, demand

NOT_OURS = "選んだ課室は、この機関にないか、廃止されています。選び直してください。"


@transaction.atomic
def set_routes(
    organization: Organization, *, routes: Mapping[Topic, Division | None], by: User
) -> int:
    """Lead each of the topics to the division, or to the window for None; return how many changed.

    Notices published from now on follow; those received stay where they are. Raises
    PermissionDenied for anybody but the organization's administrator, Refused for a division
    that is not of the organization or closed.
    """
    demand(administered_organization(by) == organization)
    Organization.objects.select_for_update().get(pk=organization.pk)
    wanted = {topic.pk: division.pk for topic, division in routes.items() if division}
    ours = organization.divisions.in_force().filter(pk__in=wanted.values())
    if set(ours.values_list("pk", flat=True)) != set(wanted.values()):
        raise Refused(NOT_OURS)
    stored = organization.topic_routes.filter(topic__in=routes)
    before = dict(stored.values_list("topic", "division"))
    changed = sorted({key for key, _ in before.items() ^ wanted.items()})
    if changed:
        stored.filter(topic__in=changed).delete()
        TopicRoute.objects.bulk_create(
            TopicRoute(organization=organization, topic_id=key, division_id=wanted[key])
            for key in changed
            if key in wanted
        )
        record("organization.routes_set", organization, by=by, topics=changed, routes=wanted)
    return len(changed)
