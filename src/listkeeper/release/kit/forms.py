"""The issue forms as each forge reads them, written from one table."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from listkeeper.exchange.issue_forms import FORMS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from listkeeper.exchange.issue_forms import Field, Form

GITHUB: Final = ".github/ISSUE_TEMPLATE"
GITLAB: Final = ".gitlab/issue_templates"
MOST_OPTIONS: Final = 100
"""Choices that are offered; longer lists of lists are typed."""


def github_forms(lists: Sequence[str]) -> dict[str, str]:
    """Write the forms for GitHub.

    See https://docs.github.com/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema.

    Args:
        lists: names of the lists that may be chosen.

    Returns:
        path to content.
    """
    forms = {f"{GITHUB}/{form.kind}.yml": _yaml(form, lists) for form in FORMS}
    return {**forms, f"{GITHUB}/config.yml": "blank_issues_enabled: false\n"}


def gitlab_templates(lists: Sequence[str]) -> dict[str, str]:
    """Write the forms as description templates for GitLab, which has no forms.

    Args:
        lists: names of the lists that may be chosen.

    Returns:
        path to content.
    """
    return {f"{GITLAB}/{form.title}.md": _markdown(form, lists) for form in FORMS}


def _yaml(form: Form, lists: Sequence[str]) -> str:
    head = f"name: {_text(form.title)}\ndescription: {_text(form.about)}\n"
    label = f"labels: [{_text(form.kind)}]\n"
    return head + label + "body:\n" + "".join(_input(field, lists) for field in form.fields)


def _input(field: Field, lists: Sequence[str]) -> str:
    """Write one field; every text is a JSON string, which YAML reads as one."""
    offered = lists if field.of_lists and 0 < len(lists) <= MOST_OPTIONS else ()
    kind = "dropdown" if offered else "textarea" if field.is_long else "input"
    lines = (
        f"  - type: {kind}",
        f"    id: {field.name}",
        "    attributes:",
        f"      label: {_text(field.title)}",
        f"      description: {_text(field.help)}",
        *_options(offered),
        "    validations:",
        f"      required: {json.dumps(field.is_required)}",
    )
    return "\n".join(lines) + "\n"


def _options(offered: Sequence[str]) -> Iterator[str]:
    if offered:
        yield "      options:"
        yield from (f"        - {_text(name)}" for name in offered)


def _markdown(form: Form, lists: Sequence[str]) -> str:
    return "\n".join(
        f"### {field.title}\n\n<!-- {_advice(field, lists)} -->\n" for field in form.fields
    )


def _advice(field: Field, lists: Sequence[str]) -> str:
    choice = f" One of {', '.join(lists)}." if field.of_lists and lists else ""
    return f"{field.help}{choice}{'' if field.is_required else ' May be left empty.'}"


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
