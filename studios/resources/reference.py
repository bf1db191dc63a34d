"""Columns of the reference tables; rows are found again by their code."""

from import_export import fields, resources, widgets

from portal.audit.services import record
from studios.models import AchievementKind, HonourKind, Industry, NamingLevel, OwnershipKind, Union

WORDS = ("code", "name", "name_en", "order")


class ReferenceResource(resources.ModelResource):
    """A table of words: all rows of a file or none; each row that changes is put on record."""

    class Meta:
        import_id_fields = ("code",)
        skip_unchanged = True
        report_skipped = True
        clean_model_instances = True
        use_transactions = True

    def import_data(self, dataset, *args, **kwargs):
        """Import every row, or none when one is wrong: the library alone would keep the right ones."""
        return super().import_data(dataset, *args, **{**kwargs, "rollback_on_validation_errors": True})

    def after_save_instance(self, instance, row, **kwargs):
        """Put the change on record, in the import's transaction."""
        record("reference.save", instance, actor=kwargs.get("user"), imported=True)


class OwnershipKindResource(ReferenceResource):
    """Kinds of unit."""

    class Meta(ReferenceResource.Meta):
        model = OwnershipKind
        fields = (*WORDS, "is_public")


class IndustryResource(ReferenceResource):
    """Industries."""

    class Meta(ReferenceResource.Meta):
        model = Industry
        fields = WORDS


class HonourKindResource(ReferenceResource):
    """Honours; group and rank decide about clause 二.1."""

    class Meta(ReferenceResource.Meta):
        model = HonourKind
        fields = (*WORDS, "group", "rank")


class AchievementKindResource(ReferenceResource):
    """Kinds of achievement."""

    class Meta(ReferenceResource.Meta):
        model = AchievementKind
        fields = (*WORDS, "group", "is_patent", "number_label", "number_label_en")


class NamingLevelResource(resources.ModelResource):
    """Naming levels, to take out: the ladder itself is not changed by a spreadsheet."""

    requires = fields.Field("requires", "requires", widgets.ForeignKeyWidget(NamingLevel, "code"))

    class Meta:
        model = NamingLevel
        fields = (*WORDS, "tier", "requires", "title_mode", "takes_document", "review_workdays")


class UnionResource(resources.ModelResource):
    """Unions above the base, to take out: they are founded and moved by people, one by one."""

    parent = fields.Field("parent", "parent", widgets.ForeignKeyWidget(Union, "code"))

    class Meta:
        model = Union
        fields = (
            "code",
            "parent",
            "tier",
            "kind",
            "name",
            "short_name",
            "name_en",
            "mongolian_name",
            "document_prefix",
            "phone",
        )
