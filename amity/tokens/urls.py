"""Addresses of tokens at the desk, within a language's prefix."""

from django.urls import path

from amity.tokens.views import desk

urlpatterns = [
    path("desk/account/tokens/", desk.tokens, name="tokens"),
    path("desk/account/tokens/<int:number>/revoke/", desk.revoke, name="revoke_token"),
]
