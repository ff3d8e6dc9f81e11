"""Where this slice stands in the chart."""

from handrail.web.staff.clients.chart_tabs import ChartTab

TABS = (ChartTab("staff:chart_safety_plan", "Safety plan", 60),)
