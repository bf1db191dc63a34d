"""Addresses of schemes of points and of the years that use them."""

from django.urls import path

from reviews.views import schemes, years

urlpatterns = [
    path("assessment/schemes/", schemes.scheme_list, name="scheme_list"),
    path("assessment/schemes/<int:pk>/", schemes.scheme_detail, name="scheme_detail"),
    path("assessment/schemes/<int:pk>/copy/", schemes.scheme_copy, name="scheme_copy"),
    path("assessment/schemes/<int:pk>/edit/", schemes.scheme_edit, name="scheme_edit"),
    path("assessment/schemes/<int:pk>/publish/", schemes.scheme_publish, name="scheme_publish"),
    path("assessment/schemes/<int:pk>/try/", schemes.scheme_try, name="scheme_try"),
    path("assessment/schemes/<int:pk>/items/new/", schemes.scheme_item_new, name="scheme_item_new"),
    path("assessment/schemes/<int:pk>/items/<int:item>/", schemes.scheme_item_edit, name="scheme_item_edit"),
    path(
        "assessment/schemes/<int:pk>/items/<int:item>/remove/",
        schemes.scheme_item_remove,
        name="scheme_item_remove",
    ),
    path("assessment/years/", years.year_list, name="year_list"),
    path("assessment/years/new/", years.year_new, name="year_new"),
    path("assessment/years/<int:pk>/", years.year_edit, name="year_edit"),
]
