"""Who must not act on a unit's affairs: everybody who belongs or belonged to it."""

from studios.models import Appointment, Leader, Member


def has_ties_to(union_id, actor, studio_id=None):
    """Whether ``actor`` holds or held a role at the base unit's union, or leads or is in a team there.

    ``studio_id`` narrows the teams to one studio; by default every studio of the unit counts.
    """
    if Appointment.objects.filter(user=actor.pk, role_group__union=union_id).exists():
        return True
    teams = {"studio": studio_id} if studio_id else {"studio__union": union_id}
    return (
        Leader.objects.filter(person__user=actor.pk, **teams).exists()
        or Member.objects.filter(person__user=actor.pk, **teams).exists()
    )
