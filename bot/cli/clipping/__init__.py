"""The package that a wheel installs: in it, `setup.py` puts the four packages of the checkout.

In a checkout it holds nothing but the way in, so that `python -m clipping` is the same in both.
"""
