"""Addresses of titles that may be lost, and of what comes back."""

from django.urls import path

from reviews.views import annulments, returns, revocations

urlpatterns = [
    path("revocations/", revocations.case_list, name="case_list"),
    path("revocations/new/", revocations.case_new, name="case_new"),
    path("revocations/<int:pk>/", revocations.revocation_detail, name="revocation_detail"),
    path("revocations/<int:pk>/act/", revocations.revocation_act, name="revocation_act"),
    path("revocations/<int:pk>/notice/", revocations.revocation_notice, name="revocation_notice"),
    path("returns/", returns.return_list, name="return_list"),
    path("returns/<int:pk>/", returns.return_record, name="return_record"),
    path("annulments/", annulments.annulment_list, name="annulment_list"),
    path("annulments/new/", annulments.annulment_new, name="annulment_new"),
    path("annulments/<int:pk>/", annulments.annulment_detail, name="annulment_detail"),
    path("annulments/<int:pk>/act/", annulments.annulment_act, name="annulment_act"),
    path("public/ended/", returns.titles_ended, name="titles_ended"),
]
