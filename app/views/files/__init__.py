"""Opening, saving, importing and exporting, with all the questions that go with them."""
