"""Planning a part anew, and looking at what is proposed."""
