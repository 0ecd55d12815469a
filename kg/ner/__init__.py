"""Finds mentions: people, posts, organisations, places, meetings, policies, directives."""
