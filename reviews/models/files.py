"""Files that belong to a case: rows of the studio's evidence, tied to what they were sent for."""

from django.db import models
from django.db.models import Q

from reviews.models.assessment import Assessment
from reviews.models.change import ChangeRequest
from reviews.models.revocation import Revocation
from reviews.models.subsidy import Subsidy
from studios.models import Evidence


class CaseFile(models.Model):
    """One file of one case."""

    evidence = models.OneToOneField(Evidence, on_delete=models.PROTECT, related_name="case_file")
    revocation = models.ForeignKey(Revocation, null=True, on_delete=models.PROTECT, related_name="files")
    change = models.ForeignKey(ChangeRequest, null=True, on_delete=models.PROTECT, related_name="files")
    subsidy = models.ForeignKey(Subsidy, null=True, on_delete=models.PROTECT, related_name="files")
    assessment = models.ForeignKey(Assessment, null=True, on_delete=models.PROTECT, related_name="files")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="casefile_of_one_case",
                condition=Q(revocation__isnull=False, change=None, subsidy=None, assessment=None)
                | Q(revocation=None, change__isnull=False, subsidy=None, assessment=None)
                | Q(revocation=None, change=None, subsidy__isnull=False, assessment=None)
                | Q(revocation=None, change=None, subsidy=None, assessment__isnull=False),
            )
        ]

    def __str__(self):
        return str(self.evidence)
