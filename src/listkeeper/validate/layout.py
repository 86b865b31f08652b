"""Rules of the layout: one folder for a list, one file for an entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from listkeeper.graph import URINode
from listkeeper.store.workspace import VOCABULARIES, FileKind
from listkeeper.validate.report import Severity
from listkeeper.validate.rule import Breach, Rule
from listkeeper.validate.scope import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.store.workspace import SourceFile
    from listkeeper.validate.rule import Breaches
    from listkeeper.validate.scope import Scope

DOCS: Final = "docs/check.md#files"


def no_entry(scope: Scope) -> Breaches:
    """Tell concept files in which there is no concept."""
    for file in _sound(scope, FileKind.CONCEPT):
        subjects = scope.subjects_of.get(file.path, ())
        if not any(_is_concept(scope, subject) for subject in subjects):
            yield Breach(message="holds no entry: nothing in it is a skos:Concept", path=file.path)


def several_entries(scope: Scope) -> Breaches:
    """Tell subjects in a concept file that are neither its entry nor a part of it."""
    for file in _sound(scope, FileKind.CONCEPT):
        subjects = [s for s in scope.subjects_of.get(file.path, ()) if isinstance(s, URINode)]
        entry = next((s.value for s in subjects if _is_concept(scope, s)), None)
        for subject in subjects:
            if entry and subject.value != entry and not subject.value.startswith(f"{entry}#"):
                message = f"{scope.name(subject.value)} stands in the file of {scope.name(entry)}"
                yield Breach(message=message, subject=subject, path=file.path)


def described_twice(scope: Scope) -> Breaches:
    """Tell subjects that two files describe; the parts of an entry go with it."""
    twice = {subject for subject, _, _ in scope.edition.repeated}
    for subject, first, second in scope.edition.repeated:
        if isinstance(subject, URINode):
            whole = URINode(subject.value.split("#", 1)[0])
            if whole == subject or whole not in twice:
                message = f"{scope.name(subject.value)} is described in {visible(first)} too"
                yield Breach(message=message, subject=subject, path=second)


def missing_list(scope: Scope) -> Breaches:
    """Tell folders of concepts that have no ``list.ttl``."""
    for folder in lists_without_file(scope):
        path = f"{VOCABULARIES}/{folder}/list.ttl"
        message = f"is missing: nothing says what the list {visible(folder)} is"
        yield Breach(message=message, path=path)


def lists_without_file(scope: Scope) -> list[str]:
    """Give the names of the folders of concepts that have no ``list.ttl``."""
    folders = {f.list_name for f in scope.edition.files.values() if f.kind is FileKind.CONCEPT}
    known = {*scope.edition.files, *scope.broken}
    return sorted(name for name in folders if f"{VOCABULARIES}/{name}/list.ttl" not in known)


def untold_lists(scope: Scope) -> set[str]:
    """Give the URIs of the lists whose files are missing or cannot be read."""
    broken = [scope.edition.files[path] for path in scope.broken if path in scope.edition.files]
    names = [file.list_name for file in broken if file.kind is FileKind.LIST]
    subsets = [file.stem.removeprefix("list-") for file in broken if file.kind is FileKind.SUBSET]
    return {scope.minter.list_(name) for name in (*lists_without_file(scope), *names, *subsets)}


def no_scheme(scope: Scope) -> Breaches:
    """Tell files that should describe a list and do not."""
    schemes = {scheme.path: scheme.uri for scheme in scope.vocabulary.schemes.values()}
    for file in _sound(scope, FileKind.LIST):
        expected = scope.minter.list_(file.list_name)
        if schemes.get(file.path) != expected:
            message = f"does not describe <{visible(expected)}>, the list of this folder"
            yield Breach(message=message, path=file.path)
    for file in _sound(scope, FileKind.SUBSET):
        if file.path not in schemes:
            message = "describes no skos:ConceptScheme, though its name is that of a subset"
            remedy = "Describe the subset, or give an entry another code: none begins with list-."
            yield Breach(message=message, path=file.path, remedy=remedy)


def _is_concept(scope: Scope, subject: object) -> bool:
    return isinstance(subject, URINode) and subject.value in scope.vocabulary.concepts


def _sound(scope: Scope, kind: FileKind) -> Iterator[SourceFile]:
    files = scope.edition.files.values()
    return (file for file in files if file.kind is kind and file.path not in scope.broken)


RULES: Final = (
    Rule(
        "LK010",
        "missing-list",
        Severity.ERROR,
        "A folder of entries has a list.ttl that says what the list is.",
        "Write list.ttl: a skos:ConceptScheme with its title, segment and class of entries.",
        DOCS,
        missing_list,
        load=True,
    ),
    Rule(
        "LK011",
        "no-list-in-file",
        Severity.ERROR,
        "list.ttl describes the list of its folder, list-NAME.ttl a subset of it.",
        "Describe the list under that URI as a skos:ConceptScheme.",
        DOCS,
        no_scheme,
        load=True,
    ),
    Rule(
        "LK012",
        "no-entry-in-file",
        Severity.ERROR,
        "A file of a list holds an entry.",
        "Describe the entry in it, with `a skos:Concept` and its class, or remove the file.",
        DOCS,
        no_entry,
        load=True,
    ),
    Rule(
        "LK013",
        "several-entries-in-file",
        Severity.ERROR,
        "A file of a list holds one entry and its parts, nothing else.",
        "Move it to a file of its own, or name it as a part of the entry, with `#`.",
        DOCS,
        several_entries,
    ),
    Rule(
        "LK014",
        "described-twice",
        Severity.ERROR,
        "Only one file describes an entry or a list.",
        "Keep one of the two files. If these are two entries, give one another number.",
        DOCS,
        described_twice,
        load=True,
    ),
)
