"""Changes as one HTML page that needs nothing else: no script, no file, no address fetched."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, StrictUndefined

from listkeeper.publish.change_reports.wording import (
    Quoted,
    detail_words,
    effect_words,
    subject_words,
    summary,
    user_words,
)
from listkeeper.validate.scope import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from listkeeper.changes.model import Change, Changes

TEMPLATE: Final = """\
{% macro say(words) -%}
{% for text, language, quoted in words -%}
{% if not quoted %}{{ text }}{% elif language %}<q lang="{{ language }}">{{ text }}</q>
{%- else %}<q>{{ text }}</q>{% endif %}
{%- endfor %}
{%- endmacro -%}
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Changes of the lists</title>
<style>
body { font: 1rem/1.5 Arial, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem }
q { quotes: none; overflow-wrap: anywhere } q + q { margin-left: .4em }
.breaking { color: #942514; font-weight: bold }
li { margin: .3rem 0 }
</style>
</head>
<body>
<main>
<h1>Changes of the lists</h1>
<p>{{ summary }}</p>
{% if notes %}<ul>{% for note in notes %}<li>{{ say(note) }}</li>{% endfor %}</ul>{% endif %}
{% for title, kinds in lists %}
<h2>{{ title }}</h2>
{% for kind, items in kinds %}
<h3>{{ kind.title }} <small class="{{ kind.impact.value }}">({{ kind.impact.value }})</small></h3>
<ul>
{% for subject, detail, effects in items %}<li>{{ say(subject) }}{% if detail %}: {{ say(detail) }}
{%- endif %}{% if effects %}
<ul>{% for effect in effects %}<li>{{ say(effect) }}</li>{% endfor %}</ul>{% endif %}</li>
{% endfor %}</ul>
{% endfor %}
{% endfor %}
</main>
</body>
</html>
"""


def html_report(changes: Changes) -> str:
    """Write changes as a page."""
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    notes = [_told(user_words(user)) for user in changes.users]
    notes += [
        _told((f"Not compared, {unread.state}: ", Quoted(unread.path), ": ", Quoted(unread.reason)))
        for unread in changes.unread
    ]
    template = environment.from_string(TEMPLATE)
    return template.render(summary=summary(changes), notes=notes, lists=list(listed(changes)))


def listed(changes: Changes) -> Iterator[tuple[str, list[Any]]]:
    """Give each list's title, then each kind of change with its items in pieces of words."""
    for name, title, found in changes.by_list():
        kinds = groupby(found, key=lambda change: change.kind)
        shown = [(kind, [_item(change) for change in group]) for kind, group in kinds]
        yield (visible(title) if name else "Of no list"), shown


def _item(change: Change) -> tuple[Any, ...]:
    effects = [_told(effect_words(effect)) for effect in change.effects]
    return _told(subject_words(change)), _told(detail_words(change)), effects


def _told(words: Iterable[str | Quoted]) -> list[tuple[str, str, bool]]:
    """Give each piece with its language, and whether it is from the lists."""
    return [
        (visible(word.text), word.language, True) if isinstance(word, Quoted) else (word, "", False)
        for word in words
    ]
