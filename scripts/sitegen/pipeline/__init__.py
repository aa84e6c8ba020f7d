"""The stages of a build, each cached and spread over the cores."""
