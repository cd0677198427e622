"""Floor 6 · what learners receive: reminders planned by the timetable and sent once."""
