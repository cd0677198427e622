"""Addresses for load balancers and operators."""

from django.urls import path

from lms.web import health

urlpatterns = [
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
]
