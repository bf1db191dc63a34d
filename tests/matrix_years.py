"""The rows of ``tests.matrix`` about schemes of points, years and assessments: same columns, same meaning."""

from django.urls import reverse

TABLE = """
# schemes of points, assessment years and assessments
GET  scheme_list               302 403 403 403 403 200 200 200 200 200 403 200 403 200
GET  scheme_detail             302 404 404 404 404 200 200 200 200 200 404 200 404 200
POST scheme_copy               302 404 404 404 404 403 403 403 302 403 404 403 404 403
GET  scheme_edit               302 404 404 404 404 403 403 403 200 403 404 403 404 403
POST scheme_edit               302 404 404 404 404 403 403 403 422 403 404 403 404 403
GET  scheme_item_new           302 404 404 404 404 403 403 403 200 403 404 403 404 403
POST scheme_item_new           302 404 404 404 404 403 403 403 422 403 404 403 404 403
GET  scheme_item_edit          302 404 404 404 404 403 403 403 200 403 404 403 404 403
POST scheme_item_edit          302 404 404 404 404 403 403 403 422 403 404 403 404 403
POST scheme_item_remove        302 404 404 404 404 403 403 403 302 403 404 403 404 403
POST scheme_publish            302 404 404 404 404 403 403 403 403 302 404 403 404 403
GET  scheme_try                302 404 404 404 404 200 200 200 200 200 404 200 404 200
POST scheme_try                302 404 404 404 404 200 200 200 200 200 404 200 404 200
GET  year_list                 302 403 403 403 403 200 200 200 200 200 403 200 403 200
GET  year_new                  302 403 403 403 403 403 403 403 200 403 403 403 403 403
POST year_new                  302 403 403 403 403 403 403 403 422 403 403 403 403 403
GET  year_edit                 302 404 404 404 404 403 403 403 200 403 404 403 404 403
POST year_edit                 302 404 404 404 404 403 403 403 422 403 404 403 404 403
GET  assessment_list           302 200 200 200 200 200 200 200 200 200 200 200 200 200
POST assessment_confirm        302 403 403 403 403 403 302 403 403 302 403 403 403 403
GET  assessment_detail         302 404 404 200 200 200 200 404 200 200 404 200 404 200
GET  assessment_scheme         302 404 404 200 200 200 200 404 200 200 404 200 404 200
POST assessment_act            302 404 404 409 409 403 403 404 403 403 404 403 404 403
POST assessment_write          302 404 404 302 302 403 403 404 403 403 404 403 404 403
POST assessment_score          302 404 404 403 403 409 403 404 403 403 404 403 404 403
GET  assessment_year           302 404 404 404 404 200 200 200 200 200 404 200 404 200
POST assessment_sample         302 404 404 404 404 403 403 403 302 302 404 403 404 403
"""


def only(name, *arguments):
    """The one address of a name."""
    return [reverse(name, args=arguments)]


ADDRESSES = {
    "scheme_detail": lambda w: only("scheme_detail", w.scheme.pk) + only("scheme_detail", w.scheme_draft.pk),
    "scheme_copy": lambda w: only("scheme_copy", w.scheme.pk),
    "scheme_edit": lambda w: only("scheme_edit", w.scheme_draft.pk),
    "scheme_item_new": lambda w: [
        f"{address}?rule=band" for address in only("scheme_item_new", w.scheme_draft.pk)
    ],
    "scheme_item_edit": lambda w: only("scheme_item_edit", w.scheme_draft.pk, w.scheme_item.pk),
    "scheme_item_remove": lambda w: only("scheme_item_remove", w.scheme_draft.pk, w.scheme_item.pk),
    "scheme_publish": lambda w: only("scheme_publish", w.scheme_draft.pk),
    "scheme_try": lambda w: only("scheme_try", w.scheme.pk),
    "year_edit": lambda w: only("year_edit", w.year.pk),
    "assessment_detail": lambda w: only("assessment_detail", w.assessment.pk),
    "assessment_scheme": lambda w: only("assessment_scheme", w.assessment.pk),
    "assessment_act": lambda w: only("assessment_act", w.assessment.pk),
    "assessment_write": lambda w: only("assessment_write", w.assessment.pk),
    "assessment_score": lambda w: only("assessment_score", w.assessment.pk),
    "assessment_year": lambda w: only("assessment_year", w.year.year),
    "assessment_sample": lambda w: only("assessment_sample", w.year.year),
}
FORMS = {"assessment_act": lambda w: {"action": "report_year"}}
