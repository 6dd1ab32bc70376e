"""The simulated world: schools, the time they live in, and what people at the test centre made of them.

world = World(Plan(seed="1", schools=6500))
ref = world.ids()[0]                           # fast: looks into no school
world.school(ref)                              # SimSchool, as ParnasSys holds it today
world.event(ref, "leerling-nieuw", 2)          # names: simulator.world.events.EVENTS
mark = world.checkpoint(); world.move_time(date(2027, 8, 1)); world.restore(mark)
"""
