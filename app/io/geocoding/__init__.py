"""Places of addresses: what an address is, where a road network has it, and how sure that is."""
