"""Files from people and to people: stored by content, typed by content, scanned, shown only by their owner's rule."""
