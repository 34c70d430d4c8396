"""What a dispatcher plans with, free of Qt: scenario, plan, edits as patches, validation, the way to the solver."""
