"""Pictures of every screen, to be looked at: they are no test, since only an eye can tell what is ugly."""
