"""A Slack in the browser with this bot in it, without an account: `make workspace`."""
