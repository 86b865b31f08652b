"""Reading RDF that others wrote: in five syntaxes, bounded, and nothing fetched.

:func:`open_source` opens a file or standard input, :func:`parse_source` parses it where it stands,
and :func:`read_source` does so in a process of its own, under limits.
"""

from listkeeper.exchange.reading.parsing import parse_source, read_source
from listkeeper.exchange.reading.sources import STANDARD_INPUT, Source, open_source
from listkeeper.exchange.reading.spots import Finder
from listkeeper.exchange.reading.syntaxes import SYNTAXES, Syntax

__all__ = [
    "STANDARD_INPUT",
    "SYNTAXES",
    "Finder",
    "Source",
    "Syntax",
    "open_source",
    "parse_source",
    "read_source",
]
