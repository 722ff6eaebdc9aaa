"""What a workspace adds to the national rules: further steps, papers and deadlines, and tighter figures.

Never less: see `refusals`. Whoever keeps the additions asks it before saving, and passes them on to `case_plan`, or to
`tightened` for a rulebook of their own.
"""

from rules.local.additions import (
    Addition,
    LocalDeadline,
    LocalMaterial,
    LocalStep,
    Span,
    Tightening,
)
from rules.local.applying import steps_with, tightened
from rules.local.chart import ChartFault, ChartRefusal, ProposedStep, chart_refusals
from rules.local.reasons import LocalRefusal, Why
from rules.local.refusals import refusals

__all__ = [
    "Addition",
    "ChartFault",
    "ChartRefusal",
    "LocalDeadline",
    "LocalMaterial",
    "LocalRefusal",
    "LocalStep",
    "ProposedStep",
    "Span",
    "Tightening",
    "Why",
    "chart_refusals",
    "refusals",
    "steps_with",
    "tightened",
]
