"""The record of acts: who did what to what, when. Rows are added, never changed or removed."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.audit.verbs import sentence_of


class EntryQuerySet(models.QuerySet):
    """Words for the record."""

    def visible_to(self, user):
        """The whole record for those who may read it (auditors, superusers), nothing for others."""
        if user.is_authenticated and user.is_active and user.has_perm("audit.view_entry"):
            return self
        return self.none()

    def about(self, subject):
        """Everything recorded about one object, oldest first."""
        return self.filter(
            subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk
        ).order_by("pk")


class Entry(models.Model):
    """One act. Names are copied, so that the row can be read when its people and things are gone."""

    at = models.DateTimeField(default=timezone.now, db_index=True)
    verb = models.CharField(max_length=60)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    actor_label = models.CharField(max_length=120)
    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    subject_id = models.BigIntegerField()
    subject_label = models.CharField(max_length=200)
    detail = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        indexes = [models.Index(fields=["subject_type", "subject_id", "id"], name="entry_by_subject")]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_label} {self.verb} {self.subject_label}"

    @property
    def sentence(self):
        """What the verb means, in the reader's language."""
        return sentence_of(self.verb)
