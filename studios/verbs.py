"""The acts of this app that are put on record."""

from django.utils.translation import gettext_lazy as _

from portal.audit.verbs import register

register("union.found", _("union set up"))
register("union.move", _("union moved under another"))
register("union.prove", _("drift put right by the nightly proof"))
register("unit.save", _("unit data saved"))
register("studio.register", _("studio registered"))
register("studio.save", _("section saved"))
register("leader.appoint", _("leader changed"))
register("file.upload", _("file uploaded"))
register("file.check", _("file checked"))
register("file.remove", _("file taken off the form"))
register("document.issue", _("decision document numbered"))
register("naming.grant", _("title granted"))
register("naming.end", _("title ended"))
register("person.appoint", _("person appointed"))
register("person.dismiss", _("appointment ended"))
register("person.invite", _("invitation sent"))
register("account.accept", _("invitation accepted"))
register("account.change", _("account data changed"))
register("reference.save", _("reference data changed"))
register("roster.upload", _("roster uploaded"))
register("roster.answer", _("question about a roster answered"))
register("roster.drop", _("uploaded roster dropped"))
register("roster.import", _("roster imported"))
register("roster.take", _("taken over from an older roster"))
register("roster.undo", _("import of a roster undone"))
register("roster.ask", _("roster asked for"))
register("roster.export", _("roster exported"))
register("target.set", _("target set"))
