"""Addresses of yearly assessments."""

from django.urls import path

from reviews.views import assessment_lists, assessments

urlpatterns = [
    path("assessment/", assessment_lists.assessment_list, name="assessment_list"),
    path("assessment/confirm/", assessment_lists.assessment_confirm, name="assessment_confirm"),
    path("assessment/<int:pk>/", assessments.assessment_detail, name="assessment_detail"),
    path("assessment/<int:pk>/act/", assessments.assessment_act, name="assessment_act"),
    path("assessment/<int:pk>/report/", assessments.assessment_write, name="assessment_write"),
    path("assessment/<int:pk>/scheme/", assessments.assessment_scheme, name="assessment_scheme"),
    path("assessment/<int:pk>/scores/", assessments.assessment_score, name="assessment_score"),
    path("assessment/year/<int:year>/", assessment_lists.assessment_year, name="assessment_year"),
    path("assessment/year/<int:year>/sample/", assessment_lists.assessment_sample, name="assessment_sample"),
]
