"""Floor 0: clock, deadlines, journal, documents, post, jobs, web components. Small apps, imports one way only."""
