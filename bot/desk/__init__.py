"""One question's way: claim, limits, queue, answer, deadline, delivery.

May import `state` and `page`; knows platforms only as a `Surface`.
"""
