"""Tables of a scenario: columns as data, models over an edit session, and the views that edit them."""
