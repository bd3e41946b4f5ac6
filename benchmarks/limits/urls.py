"""The addresses of the bare views."""

from django.urls import path

from benchmarks.limits import views

urlpatterns = [
    path("look-up/<str:slug>", views.look_up),
    path("serialised/<str:slug>", views.Serialised.as_view()),
    path("rows", views.insert),
]
