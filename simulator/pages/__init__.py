"""The ParnasSys side of the manual as web pages, and the trainer's switches: server-rendered, our own design."""
