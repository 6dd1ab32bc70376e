"""The trainer's world: a simulator and a desk on demo data; the only place that may start the simulator."""
