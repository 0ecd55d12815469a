"""Knowledge graphs from Chinese governance news."""

__version__ = "0.1.0"
