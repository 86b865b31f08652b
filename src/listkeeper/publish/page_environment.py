"""The environment that templates run in: a sandbox in which everything is escaped.

Templates may come from another repository than the program, and texts from anyone; nothing that
would lift escaping exists here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

from listkeeper.errors import ContentError
from listkeeper.publish.page_words import UNPRINTABLE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from jinja2 import Environment

FILTERS_KEPT: Final = ("length",)
"""Filters that templates have; ``safe`` and all that makes markup are not among them."""


class _Loader(FileSystemLoader):
    """Reads templates; refuses one that would switch escaping off."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Read a template.

        Raises:
            TemplateSyntaxError: when it has an ``autoescape`` block.
        """
        source, name, unchanged = super().get_source(environment, template)
        if found := AUTOESCAPE.search(source):
            line = source.count("\n", 0, found.start()) + 1
            raise TemplateSyntaxError("escaping cannot be switched", line, template, name)
        return source, name, unchanged


AUTOESCAPE: Final = re.compile(r"\{%[-+]?\s*autoescape")


class _Environment(SandboxedEnvironment):
    """The sandbox, with a short way to what it would allow in any case."""

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - as the class it overrides
        """Give a field of one of our own views; of anything else what the sandbox allows."""
        fields = getattr(type(obj), "__dataclass_fields__", None)
        if fields is not None and attribute in fields and not attribute.startswith("_"):
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)


def page_environment(templates: Path) -> SandboxedEnvironment:
    """Make the one environment of an edition's pages."""
    environment = _Environment(
        loader=_Loader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.filters = {name: environment.filters[name] for name in FILTERS_KEPT}
    environment.globals.clear()
    return environment


def _printable(value: Any) -> Any:  # noqa: ANN401 - templates output values of any type
    """Replace what HTML may not hold; a page's own line ends are no part of a value."""
    if type(value) is str and not value.isprintable():
        return value.translate(UNPRINTABLE)
    return value


def template_error(template: str, error: TemplateError) -> ContentError:
    """Tell of a template that is missing or wrong."""
    if isinstance(error, TemplateSyntaxError):
        path = f"site_templates/{error.name or template}"
        return ContentError(error.message or "wrong", path=path, line=error.lineno)
    why = f"{type(error).__name__}: {error.message or error}"
    return ContentError(why, path=f"site_templates/{template}")
