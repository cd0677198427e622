"""The service under one parent, for machines where nothing is installed but Python (docs/decisions/0007, 0011).

`serve` prepares (preparation.py), starts a queue server where none is given (queue_server.py), then web, worker and
timetable as children (children.py), and watches them until it is asked to stop (supervisor.py). Nothing else in the
project knows this package: in a large installation systemd or a container platform takes its place.
"""
