"""`/reconcile`: names in a table -> the states, organizations and people of the graph that they mean.

Reconciliation Service API 0.2 (https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/), which
OpenRefine speaks, and its draft 1.0 (https://reconciliation-api.github.io/specs/1.0-draft/).
"""
