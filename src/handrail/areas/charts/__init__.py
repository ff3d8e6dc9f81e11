"""Charts: what stands in a chart's summary, and finding a chart. Reads only."""
