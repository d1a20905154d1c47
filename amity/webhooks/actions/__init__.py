"""Registering webhooks, noting what they are told, and sending it."""
