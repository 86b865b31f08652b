"""Checking vocabularies that are not ours: any SKOS, in files of its own, under no settings."""

from listkeeper.validate.foreign.checking import Asked, check_sources
from listkeeper.validate.foreign.rules import FOREIGN_RULES, SKOS_RULES

__all__ = ["FOREIGN_RULES", "SKOS_RULES", "Asked", "check_sources"]
