"""Slack: receiving questions, and showing an Answer as blocks."""
