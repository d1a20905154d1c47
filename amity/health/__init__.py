"""Partnerships gone quiet, and agreements to be renewed; `rule` says when, without a database."""
