"""Keep the standard lists of public services as linked data in Git."""

__version__ = "0.1.0"
