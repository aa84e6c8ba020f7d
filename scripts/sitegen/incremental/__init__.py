"""A small build system that knows no record: cache, workers, tracking."""
