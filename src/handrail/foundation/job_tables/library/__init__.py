"""The tables that the job library needs."""
