"""The map of the test views; as strict as the real one."""

from django.urls import path

from cms import problems
from tests.cms import views

handler400 = problems.handler400
handler403 = problems.handler403
handler404 = problems.handler404
handler500 = problems.handler500

urlpatterns = [
    path("api/v1/reading", views.Reading.as_view()),
    path("api/v1/reading/<int:number>", views.Reading.as_view()),
    path("api/v1/posting", views.Posting.as_view()),
    path("api/v1/posting/<slug:name>", views.Posting.as_view()),
    path("api/v1/listed", views.Listed.as_view()),
    path("api/v1/editorial/writing", views.Writing.as_view()),
    path("api/v1/editorial/closed", views.Closed.as_view()),
    path("plain", views.plain),
]
