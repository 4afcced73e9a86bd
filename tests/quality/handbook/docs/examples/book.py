"""Books a crossing to Hollin."""

import tidebook

tidebook.sign_in(key="test-0000")
for sailing in tidebook.sailings(line="hollin", day="2024-07-01"):
    if sailing.free_seats > 2:
        tidebook.book(sailing, adults=2)
        break
