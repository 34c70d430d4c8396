"""Changing the plan by hand: commands, the menu of a right click, and the comparison of vehicles."""
