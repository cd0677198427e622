"""The embedded default: queue server, web, worker and timetable under one parent. Only `serve` and the tests know it."""
