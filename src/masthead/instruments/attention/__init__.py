"""Attention: how much of what an outlet publishes mentions a subject."""
