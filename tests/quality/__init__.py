"""Measures how well the questions with known answers about seeds/ are answered."""
