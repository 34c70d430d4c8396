"""What servers are asked and what they answer, without the network: travel by road, and places of addresses."""
