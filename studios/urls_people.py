"""Addresses of people in roles, of one's own account, and of the way into the workspace."""

from django.urls import path

from studios.views import account, people, work

urlpatterns = [
    path("work/", work.work_home, name="work_home"),
    path("account/", account.account_edit, name="account_edit"),
    path("invitation/<str:token>/", account.invitation_accept, name="invitation_accept"),
    path("people/", people.people_list, name="people_list"),
    path("people/invite/", people.person_invite, name="person_invite"),
    path("people/<int:pk>/replace/", people.person_replace, name="person_replace"),
    path("people/<int:pk>/end/", people.person_dismiss, name="person_dismiss"),
    path("people/<int:pk>/link/", people.invitation_resend, name="invitation_resend"),
]
