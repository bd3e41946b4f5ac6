"""How one view and method become one OpenAPI operation: id, words, security, parameters, and how it can fail."""

import inspect
import re
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent

from cms.openapi import declared, parameters, problems, security
from cms.openapi.responses import PROBLEM_TYPE
from cms.parameters import of_view

SURFACES = {"editorial": "editorial", "my": "author", "preview": "preview"}
BASES = ("cms.delivery", "cms.editorial", "rest_framework.views", "django.views.generic.base", "builtins")
BODY_METHODS = ("POST", "PUT", "PATCH")


class ProblemAwareSchema(AutoSchema):
    """Reads what our views declare: `verbs`, `parameters`, `input_serializers`, `security_schemes`.

    Answers below 400 are declared by `extend_schema`; the problems that any view of the kind can give are added.
    """

    def get_operation_id(self) -> str:
        """Method and path in camel case: PATCH /editorial/articles/{id} is `patchEditorialArticlesById`."""
        path = re.sub(self.path_prefix, "", self.path, count=1)
        parts = [f"by-{part[1:-1]}" if part.startswith("{") else part for part in path.split("/") if part]
        words = re.split(r"[^A-Za-z0-9]+", "-".join(parts or ["root"]))
        return self.method.lower() + "".join(word[:1].upper() + word[1:] for word in words)

    def get_tags(self) -> list[str]:
        """The surface and what it is about: `editorial articles`, `author comments`, `articles`."""
        path = re.sub(self.path_prefix, "", self.path, count=1)
        parts = [part for part in path.split("/") if part and not part.startswith("{")] or ["service"]
        surface = SURFACES.get(parts[0])
        if surface is None:
            return [parts[0]]
        return [" ".join((surface, *parts[1:2]))]

    def get_summary(self) -> str | None:
        return self._words()[0]

    def get_description(self) -> str:  # type: ignore[override]  # as drf-spectacular has it
        return self._words()[1]

    def get_auth(self) -> list[dict[str, list[str]]]:
        schemes = declared.schemes_of(self.view)
        for name in schemes:
            self.registry.register_on_missing(
                ResolvedComponent(
                    name=name,
                    type=ResolvedComponent.SECURITY_SCHEMA,
                    object=name,
                    schema=security.SCHEMES[name],
                )
            )
        return [{name: []} for name in schemes]

    def get_request_serializer(self) -> Any:
        """What the view declares for the method; None for a method that takes no body."""
        return declared.input_serializer(self.view, self.method)

    def get_response_serializers(self) -> Any:
        """Nothing is guessed: a view whose answers are not declared is reported by the generator."""
        return None

    def map_parsers(self) -> list[str]:
        """What programs send; browsers' forms are no part of the documented interface."""
        if self.method == "PATCH":
            return ["application/merge-patch+json", "application/json"]
        return ["application/json"]

    def map_renderers(self, attribute: str) -> list[str]:
        """What programs are given; the page for people is no part of the documented interface either."""
        found = super().map_renderers(attribute)
        return [kind for kind in found if kind not in ("text/html", "html")]

    def _get_parameters(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = super()._get_parameters()
        named = {(parameter["name"].lower(), parameter["in"]) for parameter in found}
        own = [*self._declared_query(), *self._conditional_headers()]
        found.extend(item for item in own if (item["name"].lower(), item["in"]) not in named)
        return found

    def _declared_query(self) -> list[dict[str, Any]]:
        if not hasattr(self.view, "parameters"):
            return []
        return parameters.openapi_parameters(of_view(self.view, self.method))

    def _conditional_headers(self) -> list[dict[str, Any]]:
        if self.method == "GET":
            return [] if declared.is_editorial(self.view) else [parameters.IF_NONE_MATCH]
        headers = [parameters.IDEMPOTENCY_KEY] if self.method == "POST" else []
        if declared.needs_if_match(self.view, self.method, nested="{" in self.path):
            headers.append(parameters.IF_MATCH)
        return headers

    def _get_request_body(self, direction: str = "request") -> dict[str, Any] | None:
        if self.method in BODY_METHODS and self.get_request_serializer() is None:
            return None
        body: dict[str, Any] | None = super()._get_request_body(direction)
        return body

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        for status in problems.usual(self.view, self.method, self.path):
            problems.add(bodies, status)
        return dict(sorted(bodies.items()))

    def _get_response_for_code(
        self, serializer: Any, status_code: str, media_types: Any = None, direction: Any = "response"
    ) -> dict[str, Any]:
        if media_types is None and status_code >= "400":
            media_types = (PROBLEM_TYPE,)
        response: dict[str, Any] = super()._get_response_for_code(
            serializer, status_code, media_types, direction
        )
        return response

    def _is_list_view(self, serializer: Any = None) -> bool:
        """Lists are documents of their own here (`listing`): nothing is wrapped in an array behind one's back."""
        return False

    def _words(self) -> tuple[str | None, str]:
        """Summary and description from the method's docstring, else the view's; never one of the base views'."""
        method = getattr(type(self.view), self.method.lower(), None)
        classes = (cls for cls in type(self.view).__mro__ if cls.__module__ not in BASES and cls.__doc__)
        text = getattr(method, "__doc__", None) or next((cls.__doc__ for cls in classes), None) or ""
        first, _, rest = inspect.cleandoc(text).partition("\n\n")
        return (" ".join(first.split()) or None), rest.strip()
