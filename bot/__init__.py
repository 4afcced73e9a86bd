"""The surfaces people ask on: the terminal and Slack."""
