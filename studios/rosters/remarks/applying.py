"""Sentences about taking a roster over and taking it back."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "apply.register_changed": _(
        "The register has changed since this preview was made. Nothing was taken over; the preview is being "
        "made anew. Please look at it once more."
    ),
    "apply.database": _(
        "Something in this roster collides with what the register holds. Nothing was taken over. "
        "The database says: %(what)s"
    ),
    "apply.gave_up": _("The import could not be finished: %(why)s Nothing was taken over."),
    "apply.stopped": _("The import was cancelled before it was finished. Nothing was taken over."),
    "apply.value_too_long": _(
        "Sheet “%(sheet)s”, row %(row)s: “%(found)s…” has %(length)s characters; at most %(limit)s fit. "
        "Nothing was taken over."
    ),
    "apply.title_without_date": _(
        "Sheet “%(sheet)s”, row %(row)s: the title has neither a date nor a document with a year. "
        "Nothing was taken over."
    ),
    "apply.ended_before_named": _(
        "Sheet “%(sheet)s”, row %(row)s: the title ended in %(until)s, before it began in %(since)s. "
        "Nothing was taken over."
    ),
    "apply.no_patent": _(
        "Sheet “%(sheet)s”, row %(row)s: “%(found)s” is no patent number. Nothing was taken over."
    ),
    "apply.cannot_change": _(
        "Sheet “%(sheet)s”, row %(row)s: an import cannot change the column “%(column)s”. "
        "Nothing was taken over."
    ),
    "apply.title_of_the_portal": _(
        "Sheet “%(sheet)s”, row %(row)s: the title of “%(studio)s” was granted in the portal; "
        "a roster cannot change it. Nothing was taken over."
    ),
    "undo.depends": _(
        "This import cannot be undone, because something rests on it by now: %(what)s Nothing was undone."
    ),
    "undo.database": _("The import could not be undone. The database says: %(what)s Nothing was undone."),
    "undo.gave_up": _("The import could not be undone: %(why)s Nothing was undone."),
    "undo.stopped": _("Undoing was cancelled before it was finished. Nothing was undone."),
    "undo.points": _("“%(name)s” has by now: %(what)s (%(count)s)."),
    "undo.recorded": _("“%(name)s”: %(verb)s on %(on)s."),
    "undo.field": _("“%(name)s”: “%(field)s” was changed again."),
    "undo.later": _("“%(name)s” is also in the later import “%(roster)s”."),
    "undo.more": _("And %(count)s more."),
}
