"""Verbs that span rooms: `disposing` of what is open, `closing` an edition, `calling_off` one.

Records are written by `record.actions`; each verb is one transaction with its letters.
"""
