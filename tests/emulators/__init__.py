"""Chat platforms over loopback, close enough that the real client libraries cannot tell."""
