"""Editions that end or do not take place: closed item by item, called off, postponed."""
