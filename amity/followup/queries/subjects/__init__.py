"""What was asked and promised for a theme or a goal, across editions, years and sides.

Every figure is counted over the rows of the list that it leads to, so both say the same.
"""

from .counting import dossiers_counted, overview, report
from .figures import By, Counted, Measure, Overview, Report, Row

__all__ = [
    "By",
    "Counted",
    "Measure",
    "Overview",
    "Report",
    "Row",
    "dossiers_counted",
    "overview",
    "report",
]
