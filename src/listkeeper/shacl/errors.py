"""Why shapes cannot be used, or a validation cannot be finished.

::

    ShaclError
    ├── ShapesError     the shapes graph is ill-formed
    ├── Failure         the specification forbids it ("failure" in SHACL's words)
    └── Refused         well-formed, but beyond this engine: use another one
        └── Recursive   a shape that leads back to itself, which no engine has to run
"""

from __future__ import annotations


class ShaclError(Exception):
    """A validation that has no report; the message names the shape and the reason."""


class ShapesError(ShaclError):
    """The shapes graph breaks a syntax rule of SHACL."""


class Failure(ShaclError):  # noqa: N818 - the specification's own word
    """The specification asks for a failure: https://www.w3.org/TR/shacl/#failures."""


class Refused(ShaclError):  # noqa: N818 - says what happened: the engine refuses, by name
    """Something this engine does not do; nothing is ever ignored silently."""


class Recursive(Refused):
    """A shape refers to itself: https://www.w3.org/TR/shacl/#shapes-recursion."""
