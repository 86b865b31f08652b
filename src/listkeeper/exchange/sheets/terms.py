"""The kinds of terms that cells hold: how each is shown, and read from what an editor wrote."""

from __future__ import annotations

import difflib
from abc import ABC, abstractmethod
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from listkeeper.editing.tidying import tidied
from listkeeper.errors import ContentError
from listkeeper.exchange.sheets.damage import code_problem, date_problem, letters_problem
from listkeeper.graph import RDF_TYPE, Literal, URINode
from listkeeper.namespaces import XSD
from listkeeper.uris import URI

if TYPE_CHECKING:
    from collections.abc import Mapping

    from listkeeper.edition import Edition
    from listkeeper.graph import Term

DATE: Final = URINode(XSD + "date")


@dataclass(frozen=True)
class Readings:
    """What terms are read against: the lists as they stand."""

    edition: Edition = field(repr=False)

    @cached_property
    def codes(self) -> Mapping[str, frozenset[str]]:
        """Path segment to the codes that are held."""
        found: dict[str, set[str]] = defaultdict(set)
        for uri in self.edition.vocabulary.concepts:
            segment, _, code = (self.edition.minter.path(uri) or "").rpartition("/")
            found[segment].add(code)
        return {segment: frozenset(codes) for segment, codes in found.items()}

    def named(self, class_name: str) -> frozenset[str]:
        """Name the terms of ours that are of a class of ours."""
        graph, minter = self.edition.authored, self.edition.minter
        kind = URINode(minter.term(class_name))
        return frozenset(
            subject.value.removeprefix(minter.terms)
            for subject in graph.subjects()
            if isinstance(subject, URINode) and kind in graph.objects(subject, RDF_TYPE)
        )


class TermKind(ABC):
    """A kind of terms."""

    @abstractmethod
    def owns(self, term: Term) -> bool:
        """Say whether a column of this kind shows a term."""

    @abstractmethod
    def shown(self, term: Term, edition: Edition) -> str:
        """Give what is shown of a term that it owns."""

    @abstractmethod
    def read(self, value: str, now: str, readings: Readings) -> Term:
        """Make a term of what an editor wrote.

        Args:
            value: one value, trimmed.
            now: what the cell says today, for letters that were lost.
            readings: the lists.

        Raises:
            ContentError: saying what is wrong with it, without a place.
        """


@dataclass(frozen=True, kw_only=True, slots=True)
class Spoken(TermKind):
    """Texts in a language."""

    language: str
    is_name: bool

    def owns(self, term: Term) -> bool:
        """Own texts in the language, in whatever case its tag is written."""
        return isinstance(term, Literal) and (term.language or "") == self.language.lower()

    def shown(self, term: Term, edition: Edition) -> str:
        """Give the text."""
        del edition
        return term.value

    def read(self, value: str, now: str, readings: Readings) -> Term:
        """Take a text, white space tidied."""
        del readings
        if problem := letters_problem(value, now):
            raise ContentError(problem)
        return tidied(Literal(value, language=self.language), is_name=self.is_name)[0]


@dataclass(frozen=True, kw_only=True, slots=True)
class Plain(TermKind):
    """Texts without a language, or of one of the datatypes of XML Schema."""

    datatype: str = ""

    def owns(self, term: Term) -> bool:
        """Own literals without a language."""
        return isinstance(term, Literal) and not term.language

    def shown(self, term: Term, edition: Edition) -> str:
        """Give the lexical form."""
        del edition
        return term.value

    def read(self, value: str, now: str, readings: Readings) -> Term:
        """Take a value; true and false in any case."""
        del now, readings
        if self.datatype == "boolean":
            if value.lower() not in {"true", "false"}:
                raise ContentError(f"{value[:40]!r} is neither true nor false")
            value = value.lower()
        if problem := code_problem(value, ()):
            raise ContentError(f"{value[:40]!r} {problem}")
        kind = URINode(XSD + self.datatype) if self.datatype else None
        return Literal(value, datatype=kind)


@dataclass(frozen=True, kw_only=True, slots=True)
class Dated(TermKind):
    """Dates."""

    def owns(self, term: Term) -> bool:
        """Own literals without a language."""
        return isinstance(term, Literal) and not term.language

    def shown(self, term: Term, edition: Edition) -> str:
        """Give the lexical form."""
        del edition
        return term.value

    def read(self, value: str, now: str, readings: Readings) -> Term:
        """Take a date in the one form that is never two days."""
        del now, readings
        if problem := date_problem(value):
            raise ContentError(f"{value[:40]!r} {problem}")
        return Literal(value, datatype=DATE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Code(TermKind):
    """Entries of a list, by their codes; those elsewhere by their addresses."""

    segment: str

    def owns(self, term: Term) -> bool:
        """Own addresses."""
        return isinstance(term, URINode)

    def shown(self, term: Term, edition: Edition) -> str:
        """Give the code of an entry of the list, else the address."""
        path = edition.minter.path(term.value) or ""
        code = path.removeprefix(f"{self.segment}/")
        is_ours = path.startswith(f"{self.segment}/") and "/" not in code
        return code if is_ours else term.value

    def read(self, value: str, now: str, readings: Readings) -> Term:
        """Take a code that is held."""
        del now
        held = readings.codes.get(self.segment, frozenset())
        if value in held:
            return URINode(readings.edition.minter.concept(self.segment, value))
        if problem := code_problem(value, held):
            raise ContentError(f"{value[:40]!r} {problem}")
        near = difflib.get_close_matches(value, held, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise ContentError(f"there is no {self.segment} {value[:60]}{hint}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Own(TermKind):
    """Terms of ours of one class, by their names."""

    of: str

    def owns(self, term: Term) -> bool:
        """Own addresses."""
        return isinstance(term, URINode)

    def shown(self, term: Term, edition: Edition) -> str:
        """Give the name of a term of ours, else the address."""
        return term.value.removeprefix(edition.minter.terms)

    def read(self, value: str, now: str, readings: Readings) -> Term:
        """Take a name that definitions.ttl declares."""
        del now
        known = readings.named(self.of)
        if value not in known:
            raise ContentError(f"{value[:40]!r} is none of {', '.join(sorted(known))}")
        return URINode(URI(readings.edition.minter.term(value)))
