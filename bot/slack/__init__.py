"""Slack's wire format: reading what Slack sends, and writing what Slack shows.

May import `chat`, `desk`, `state` and `page`; the only room that imports slack_bolt and slack_sdk.
"""
