"""Where everything is kept: a folder per school, crash-safe and shared between processes."""
