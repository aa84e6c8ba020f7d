"""The sentences that the generator makes, each by one function that says when it is true."""
