"""The demonstration's clock."""

from django.urls import path

from procurement.web.demo_clock import demo_clock

urlpatterns = [path("demo/clock/", demo_clock, name="demo_clock")]
