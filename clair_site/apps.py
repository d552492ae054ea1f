"""The project itself as an app: it holds the commands that start the site."""

from django.apps import AppConfig


class ClairSiteConfig(AppConfig):
    name = "clair_site"
    verbose_name = "CLAIR"
