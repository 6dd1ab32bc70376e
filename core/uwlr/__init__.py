"""The client half of the wire: the only rooms of core that know XML and HTTP. Writes strictly, reads leniently."""
