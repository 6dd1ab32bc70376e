"""The SSH front door: keys in, one program per session out, nothing else."""
