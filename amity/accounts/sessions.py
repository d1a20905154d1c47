"""Sessions that are over are forgotten, with where they were from and what was kept in them."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session


def forget_sessions(now: datetime) -> str:
    """Forget sessions that have run out, and where people signed in for those that are no more."""
    ended, _of = Session.objects.filter(expire_date__lt=now).delete()
    there = Session.objects.values("session_key")
    UserSession.objects.exclude(session_key__in=there).delete()
    return f"{ended} sessions that ran out forgotten" if ended else ""
