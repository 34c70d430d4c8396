"""When something goes wrong, and what this program is made of: a card, crash reports, diagnostics, licences."""
