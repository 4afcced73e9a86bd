"""What all chat platforms share: buttons, forms, audience, reports, the check before sending, HTTP.

May import `desk`, `state` and `page`.
"""
