"""What each command of `build.py` does."""
