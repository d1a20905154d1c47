"""Addresses of webhooks at the desk, within a language's prefix."""

from django.urls import path

from amity.webhooks.views import desk

urlpatterns = [
    path("desk/office/webhooks/", desk.hooks, name="webhooks"),
    path("desk/office/webhooks/<int:number>/", desk.hook, name="webhook"),
    path("desk/office/webhooks/<int:number>/secret/", desk.secret, name="webhook_secret"),
    path("desk/office/webhooks/<int:number>/test/", desk.test, name="webhook_test"),
    path("desk/office/webhooks/<int:number>/pause/", desk.pause, name="webhook_pause"),
    path("desk/office/webhooks/<int:number>/resume/", desk.resume, name="webhook_resume"),
    path("desk/office/webhooks/<int:number>/remove/", desk.remove, name="webhook_remove"),
    path(
        "desk/office/webhooks/<int:number>/deliveries/<int:delivery>/again/",
        desk.again,
        name="webhook_again",
    ),
]
