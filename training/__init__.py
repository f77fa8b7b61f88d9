"""Data and scripts behind the models that ship with the package."""
