"""L2: stored bytes by one indexed look-up. L3: the same row through a serializer. And one row inserted."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from rest_framework.generics import RetrieveAPIView
from rest_framework.renderers import JSONRenderer
from rest_framework.serializers import ModelSerializer

from benchmarks.limits.models import Stored, Written


@require_GET
def look_up(request: HttpRequest, slug: str) -> HttpResponse:
    document = Stored.objects.filter(slug=slug).values_list("document", flat=True).first()
    if document is None:
        raise Http404
    return HttpResponse(bytes(document), content_type="application/json")


class StoredSerializer(ModelSerializer):
    class Meta:
        model = Stored
        fields = "id slug kind locale title summary html medical published_at updated_at version".split()


class Serialised(RetrieveAPIView):
    queryset = Stored.objects.defer("document")
    serializer_class = StoredSerializer
    lookup_field = "slug"
    authentication_classes: list[Any] = []
    permission_classes: list[Any] = []
    renderer_classes = [JSONRenderer]


@require_POST
def insert(request: HttpRequest) -> HttpResponse:
    row = Written.objects.create(text=request.body.decode(), written_at=timezone.now())
    return JsonResponse({"id": row.pk}, status=201)
