"""Where this slice stands in the chart."""

from handrail.web.staff.clients.chart_tabs import ChartTab

TABS = (
    ChartTab("staff:chart", "Timeline", 10),
    ChartTab("staff:chart_about", "About", 100),
    ChartTab("staff:chart_looked", "Who has looked", 110),
)
