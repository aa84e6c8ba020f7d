"""The records in the formats that others read: one module per format."""
