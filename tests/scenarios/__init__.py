"""What people do and what they see, written once and played on every platform."""
