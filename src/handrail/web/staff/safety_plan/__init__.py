"""The safety plan in the chart: read, written with the person, signed, printed, handed over."""
