"""Addresses of pictures, the same in every language."""

from django.urls import path

from .views import public

app_name = "record"

urlpatterns = [path("<str:name>", public.picture, name="picture")]
