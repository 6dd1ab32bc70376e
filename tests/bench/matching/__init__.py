"""The matcher beside rapidfuzz, recordlinkage and Splink, on FEBRL4 and on generated schools; `make bench-matching`."""
