"""Addresses of signing in and out."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from portal.accounts import views

urlpatterns = [
    path("login/", views.SignIn.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("account/password/", views.ChangePassword.as_view(), name="password_change"),
    path("i18n/setlang/", views.set_language, name="set_language"),
]
