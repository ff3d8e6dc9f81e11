"""The assessment in the chart: its words, the medical baseline, findings, signatures."""
