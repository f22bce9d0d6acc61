"""Copydesk: checks, links and publishes the blog posts of health-care practices."""

__version__ = "0.1.0"
