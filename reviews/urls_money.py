"""Addresses of subsidies, budgets and schemes."""

from django.urls import path

from reviews.views import budgets, payments, subsidies, subsidies_new, subsidy_schemes

urlpatterns = [
    path("subsidies/", subsidies.subsidy_list, name="subsidy_list"),
    path("subsidies/new/", subsidies_new.subsidy_new, name="subsidy_new"),
    path("subsidies/sign/", subsidies_new.subsidy_sign, name="subsidy_sign"),
    path("subsidies/<int:pk>/", subsidies.subsidy_detail, name="subsidy_detail"),
    path("subsidies/<int:pk>/act/", subsidies.subsidy_act, name="subsidy_act"),
    path("subsidies/<int:pk>/payments/new/", payments.payment_new, name="payment_new"),
    path(
        "subsidies/<int:pk>/payments/<int:payment>/reverse/", payments.payment_reverse, name="payment_reverse"
    ),
    path("subsidies/<int:pk>/repayments/new/", payments.repayment_new, name="repayment_new"),
    path("subsidies/<int:pk>/expenses/new/", payments.expense_new, name="expense_new"),
    path("subsidies/<int:pk>/expenses/<int:expense>/remove/", payments.expense_remove, name="expense_remove"),
    path("subsidies/budgets/", budgets.budget_list, name="budget_list"),
    path("subsidies/budgets/new/", budgets.budget_new, name="budget_new"),
    path("subsidies/budgets/<int:pk>/change/", budgets.budget_change, name="budget_change"),
    path("subsidies/budgets/<int:pk>/agree/", budgets.budget_agree, name="budget_agree"),
    path("subsidies/schemes/", subsidy_schemes.subsidy_scheme_list, name="subsidy_scheme_list"),
    path("subsidies/schemes/new/", subsidy_schemes.subsidy_scheme_new, name="subsidy_scheme_new"),
    path("subsidies/schemes/<int:pk>/", subsidy_schemes.subsidy_scheme_detail, name="subsidy_scheme_detail"),
    path("subsidies/schemes/<int:pk>/edit/", subsidy_schemes.subsidy_scheme_edit, name="subsidy_scheme_edit"),
    path(
        "subsidies/schemes/<int:pk>/publish/",
        subsidy_schemes.subsidy_scheme_publish,
        name="subsidy_scheme_publish",
    ),
    path("subsidies/schemes/<int:pk>/copy/", subsidy_schemes.subsidy_scheme_copy, name="subsidy_scheme_copy"),
]
