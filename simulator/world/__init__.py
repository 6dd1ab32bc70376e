"""The simulated world: schools, the time they live in, and what people at the test centre made of them.

A world comes from a scenario (`open_world(load(name), seed, schools)` of `scenario`) or from a bare `World(Plan())`;
`ids()` looks into no school, `school(ref)` is ParnasSys today, `test_centre(ref)` the roster file people typed,
`truth(ref)` who is who, `event(ref, soort)` lets something happen (`events.EVENTS`), `move_time(day)` lets time pass,
`checkpoint()` and `restore(…)` go back. Same plan and same calls: the same bytes, whoever asks first.
"""
