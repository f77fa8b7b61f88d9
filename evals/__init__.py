"""Measurements of followup-agent: labelled messages, sample interviews, statistics."""
