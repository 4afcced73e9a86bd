#!/bin/sh
# Books a crossing to Hollin for two.
key=test-0000
day=2024-07-01
for sailing in $(deckhand sailings list --line hollin --day "$day" --only-free); do
    deckhand book "$sailing" --adults 2 --key "$key" && exit 0
done
echo "Everything is full." >&2
exit 4
