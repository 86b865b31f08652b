"""Checking the lists: every finding has a place, a rule and a remedy.

One table of rules (:mod:`listkeeper.validate.rules` for those in Python, the files under
``shapes/`` for those in SHACL) and one report. Importing this package imports neither rdflib
nor pyshacl: they are loaded when the reference is asked to run the shapes.
"""

from listkeeper.validate.engine import check, load_findings
from listkeeper.validate.report import Finding, Report, Severity
from listkeeper.validate.rule import Rule
from listkeeper.validate.rules import RULES

__all__ = ["RULES", "Finding", "Report", "Rule", "Severity", "check", "load_findings"]
