"""The steps, a module each; the number that a name begins with gives the order."""
