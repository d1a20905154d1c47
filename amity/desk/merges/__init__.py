"""Letting two records be one: what they say then, how one office asks another, and the pages."""
