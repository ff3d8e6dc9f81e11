"""The audit trail: who did and who saw what. It can be added to, and never changed.

`trail.record` writes one entry in the same transaction as what it tells of. `trail.record_read`
does the same for looking, at most once for each person, subject and five minutes. Entries hold no
foreign keys and a copy of the actor's name, so that they outlive what they describe.
"""
