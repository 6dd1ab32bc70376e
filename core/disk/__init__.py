"""Files that survive a kill and are shared between processes: what the store and the mail room are made with."""
