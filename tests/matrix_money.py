"""The rows of ``tests.matrix`` about subsidies, budgets and schemes: same columns, same meaning."""

from tests.factories.money import ADDRESSES, FORMS

TABLE = """
# subsidies
GET  subsidy_list              302 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  subsidy_new               302 403 403 403 403 200 403 200 200 403 403 403 403 403
POST subsidy_new               302 403 403 403 403 200 403 200 200 403 403 403 403 403
GET  subsidy_sign              302 403 403 403 403 403 200 403 403 200 403 403 403 403
POST subsidy_sign              302 403 403 403 403 403 422 403 403 422 403 403 403 403
GET  subsidy_detail            302 404 404 200 200 200 200 404 200 200 404 200 404 200
POST subsidy_act               302 404 404 403 403 302 403 404 403 403 404 403 404 403
GET  payment_new               302 404 404 403 403 200 403 404 403 403 404 403 404 403
POST payment_new               302 404 404 403 403 422 403 404 403 403 404 403 404 403
GET  payment_reverse           302 404 404 403 403 200 403 404 403 403 404 403 404 403
POST payment_reverse           302 404 404 403 403 422 403 404 403 403 404 403 404 403
GET  repayment_new             302 404 404 403 403 200 403 404 403 403 404 403 404 403
POST repayment_new             302 404 404 403 403 422 403 404 403 403 404 403 404 403
GET  expense_new               302 404 404 200 200 403 403 404 403 403 404 403 404 403
POST expense_new               302 404 404 422 422 403 403 404 403 403 404 403 404 403
POST expense_remove            302 404 404 302 302 403 403 404 403 403 404 403 404 403
GET  budget_list               302 403 403 403 403 200 200 200 200 200 403 200 403 200
GET  budget_new                302 403 403 403 403 200 403 200 200 403 403 403 403 403
POST budget_new                302 403 403 403 403 422 403 422 422 403 403 403 403 403
GET  budget_change             302 404 404 404 404 200 403 404 403 403 404 403 404 403
POST budget_change             302 404 404 404 404 422 403 404 403 403 404 403 404 403
POST budget_agree              302 404 404 404 404 403 302 404 403 403 404 403 404 403
GET  subsidy_scheme_list       302 403 403 403 403 200 200 200 200 200 403 200 403 200
GET  subsidy_scheme_new        302 403 403 403 403 200 403 200 200 403 403 403 403 403
POST subsidy_scheme_new        302 403 403 403 403 422 403 422 422 403 403 403 403 403
GET  subsidy_scheme_detail     302 404 404 404 404 200 200 404 200 200 404 200 404 200
GET  subsidy_scheme_edit       302 404 404 404 404 200 403 404 403 403 404 403 404 403
POST subsidy_scheme_edit       302 404 404 404 404 422 403 404 403 403 404 403 404 403
POST subsidy_scheme_publish    302 404 404 404 404 403 302 404 403 403 404 403 404 403
POST subsidy_scheme_copy       302 404 404 404 404 302 403 404 403 403 404 403 404 403
"""

__all__ = ["ADDRESSES", "FORMS", "TABLE"]
