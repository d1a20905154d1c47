"""Checks between proposals, answers, commitments, reports and dispositions."""
