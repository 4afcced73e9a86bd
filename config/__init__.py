"""Settings and errors: what every other package may import, and nothing else."""
