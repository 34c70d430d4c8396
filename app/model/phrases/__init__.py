"""Commands and questions that a user types: understood, completed, and made into an edit or a question."""
