"""The Reconciliation API: names matched to entries by OpenRefine and its like.

Version 0.2 (https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/) and
the draft of 1.0 (https://reconciliation-api.github.io/specs/1.0-draft/). The two differ in how
things are written; what is asked and found is one thing here, and `wire` modules write it.
"""
