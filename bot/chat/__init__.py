"""What all chat platforms share: clicks, inbox, surface, reports, the check before sending, HTTP.

May import `desk`, `state` and `page`.
"""
