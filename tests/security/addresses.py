"""Every address of the URL map, filled in with the ids that a test knows, and every query that its view declares."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.urls import get_resolver
from django.urls.resolvers import RoutePattern, URLResolver

from cms.ids import uuid7

EDITORIAL = "/api/v1/editorial/"
UNKNOWN = (str(uuid7()), "nothing-of-this-name")


@dataclass(frozen=True)
class Route:
    """One line of the URL map. `names` are its variable parts; `parameters` what its view takes for reading."""

    template: str
    names: tuple[str, ...]
    view: Any

    @property
    def is_editorial(self) -> bool:
        return self.template.startswith(EDITORIAL)

    @property
    def parameters(self) -> Mapping[str, Any]:
        return getattr(self.view, "parameters", {})

    def filled(self, known: Mapping[str, Sequence[Any]]) -> Iterator[str]:
        """Every path that `known` (values by the name of the variable part) gives; of a part not in it, what is unknown."""
        choices = [known.get(name) or UNKNOWN for name in self.names]
        for values in product(*choices):
            path = self.template
            for name, value in zip(self.names, values, strict=True):
                path = path.replace(f"<{name}>", str(value))
            yield path


def routes() -> list[Route]:
    """The URL map, in its order."""
    return list(_walk(get_resolver().url_patterns, "/"))


def _walk(patterns: Sequence[Any], prefix: str) -> Iterator[Route]:
    for entry in patterns:
        if isinstance(entry, URLResolver):
            yield from _walk(entry.url_patterns, prefix + str(entry.pattern))
            continue
        assert isinstance(entry.pattern, RoutePattern), f"{entry} is no plain route"
        callback = entry.callback
        view = getattr(callback, "view_class", None) or getattr(callback, "cls", None) or callback
        yield Route(_bare(prefix + str(entry.pattern)), tuple(entry.pattern.converters), view)


def _bare(template: str) -> str:
    """`<str:slug>` as `<slug>`."""
    parts = template.split("<")
    return parts[0] + "".join("<" + part.rpartition(":")[2] for part in parts[1:])


def queries(route: Route, known: Mapping[str, Sequence[str]]) -> Iterator[dict[str, str]]:
    """One parameter at a time with every value worth trying, by its own declaration and by what a test knows."""
    for name, parameter in route.parameters.items():
        for value in [*known.get(name, ()), *_of_schema(parameter.schema)]:
            yield {name: value}


def _of_schema(schema: Mapping[str, Any]) -> list[str]:
    if schema.get("type") == "array":
        return [str(value) for value in schema["items"]["enum"]]
    if "enum" in schema:
        return [str(value) for value in schema["enum"]]
    if schema.get("type") == "boolean":
        return ["true", "false"]
    if schema.get("type") == "integer":
        return [str(value) for value in (schema["minimum"], schema["maximum"])]
    return list(_BY_FORMAT.get(schema.get("format", ""), ("x",)))


_BY_FORMAT = {
    "date-time": ("2020-01-01T00:00:00Z", "2100-01-01T00:00:00Z"),
    "uuid": (UNKNOWN[0],),
}
