"""Addresses of the results of the ledger, as the unions look at them."""

from django.urls import path

from reviews.views import results

urlpatterns = [
    path("results/", results.result_list, name="result_list"),
    path("results/verify/", results.result_verify_many, name="result_verify_many"),
    path("results/<int:pk>/", results.result_detail, name="result_detail"),
    path("results/<int:pk>/act/", results.result_act, name="result_act"),
]
