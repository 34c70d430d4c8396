"""The language model that may put answers into its words: off until the user names one and agrees to what it learns."""
