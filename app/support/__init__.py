"""What is written down when something goes wrong, and what is told of this computer to whoever helps. No Qt here."""
