"""Webhooks: programs of an office are told by a signed request what changes in public.

`addresses` says where a request may go, `signing` what proves that it is ours, `transport` sends
it; `rule` has the numbers of resting and giving up.
"""
