"""The line in which commands and questions are typed."""
