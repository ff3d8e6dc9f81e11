"""Pages of consents and of what leaves: the chart's tab, the forms, signing, the accounting."""
