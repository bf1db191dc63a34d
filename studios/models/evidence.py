"""Uploaded evidence: photos and PDFs, each in a slot."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from studios.choices import SLOTS, FileState
from studios.models.activities import Activity, Mentorship
from studios.models.ledger import Achievement
from studios.models.organisation import CarriesAncestors
from studios.models.studio import Studio
from studios.querysets import EvidenceQuerySet


class Evidence(CarriesAncestors):
    """One uploaded file. Rows stay when a file is taken off the form: a frozen dossier may name it."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="files")
    slot = models.CharField(_("evidence of"), max_length=30)
    achievement = models.ForeignKey(
        Achievement, null=True, blank=True, on_delete=models.PROTECT, related_name="files"
    )
    activity = models.ForeignKey(
        Activity, null=True, blank=True, on_delete=models.PROTECT, related_name="files"
    )
    mentorship = models.ForeignKey(
        Mentorship, null=True, blank=True, on_delete=models.PROTECT, related_name="files"
    )
    # of a picture, once it is checked: near-identical pictures differ in few of the 64 bits
    image_hash = models.BigIntegerField(null=True, editable=False)
    name = models.CharField(_("file name"), max_length=200)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)  # of the file as it was sent
    stored = models.CharField(max_length=120)  # name in the private store
    thumb = models.CharField(max_length=120, blank=True)
    preview = models.CharField(max_length=120, blank=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    pages = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=8, choices=FileState.choices, default=FileState.CHECKING)
    problem = models.JSONField(null=True)  # {"code", "values"} of a refusal
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["slot", "id"]
        constraints = [
            models.CheckConstraint(name="evidence_state_known", condition=Q(state__in=FileState.values)),
            models.CheckConstraint(name="evidence_slot_known", condition=Q(slot__in=list(SLOTS))),
            models.CheckConstraint(
                name="evidence_of_one_thing",
                condition=Q(achievement=None, activity=None)
                | Q(achievement=None, mentorship=None)
                | Q(activity=None, mentorship=None),
            ),
            models.CheckConstraint(
                name="evidence_hash_is_sha256", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
        ]
        indexes = [models.Index(fields=["sha256"], name="evidence_by_hash")]

    def __str__(self):
        return self.name
