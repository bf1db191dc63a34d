"""Acts on jobs that the record knows."""

from django.utils.translation import gettext_lazy as _

from portal.audit.verbs import register

register("job.cancel", _("cancelled a background job"))
register("job.retry", _("had a background job tried again"))
