"""Where this slice stands in the chart."""

from handrail.web.staff.clients.chart_tabs import ChartTab

TABS = (ChartTab("staff:chart_level", "Level of care", 40),)
