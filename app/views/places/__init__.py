"""Places for customers that have an address only: what was found, what is to be chosen, and what is put by hand."""
