"""The base of every view for those who work here: signed in, by role, never stored by a cache."""

from collections.abc import Mapping
from typing import Any, ClassVar

from rest_framework.exceptions import NotAuthenticated
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from cms import validation
from cms.delivery import options_answer
from cms.models import User
from cms.parameters import Parameter, of_request
from cms.parsers import MergePatch
from cms.permissions import ByVerb


class EditorialView(APIView):
    """`verbs`: method to verb of `cms.roles`; a method that is missing is closed. `parameters`, `write_parameters` and
    `self.query` as in delivery.
    """

    permission_classes = [ByVerb]
    metadata_class = None
    verbs: ClassVar[Mapping[str, str]] = {}
    parameters: ClassVar[Mapping[str, Parameter]] = {}
    write_parameters: ClassVar[Mapping[str, Mapping[str, Parameter]]] = {}

    @property
    def caller(self) -> User:
        """Who is signed in. Permissions come first: nobody anonymous gets as far as a handler."""
        user = self.request.user
        if not isinstance(user, User):
            raise NotAuthenticated
        return user

    @property
    def default_response_headers(self) -> dict[str, str]:
        return {}

    def get_parsers(self) -> list[BaseParser]:
        """A merge patch is a body of PATCH only."""
        method = getattr(getattr(self, "request", None), "method", "PATCH")
        return [
            parser
            for parser in super().get_parsers()
            if method == "PATCH" or not isinstance(parser, MergePatch)
        ]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.query = of_request(self, request)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        return options_answer(self)

    def validated(
        self,
        serializer_class: type[Serializer],
        request: Request,
        *,
        partial: bool = False,
        whole: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """The body, judged by an input serializer. Raises InvalidContent (see `cms.validation`)."""
        return validation.validated(
            serializer_class, request, partial=partial, whole=whole, context={"view": self}
        )

    def respond(
        self,
        body: Any,
        *,
        etag: str | None = None,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """A read's answer; `etag` is what a later If-Match must name."""
        return Response(body, status=status, headers={**({"ETag": etag} if etag else {}), **(headers or {})})
