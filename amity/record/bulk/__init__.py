"""Thousands of records at once: in which order (`order`), and with which numbers (`numbers`)."""
