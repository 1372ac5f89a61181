"""Silence: which stories an outlet passes over that its habits would have it run."""
