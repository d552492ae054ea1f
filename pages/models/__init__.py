"""The page models and snippets that no pillar owns."""

from .about import AboutPage
from .base import BasePage
from .contact import ContactPage
from .content_load import ContentLoad
from .enquiry import Enquiry
from .feedback import PageFeedback
from .figures import Figure
from .home import HomePage
from .news import NewsIndexPage, NewsPage
from .standard import StandardPage

__all__ = [
    "AboutPage",
    "BasePage",
    "ContactPage",
    "ContentLoad",
    "Enquiry",
    "Figure",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "PageFeedback",
    "StandardPage",
]
