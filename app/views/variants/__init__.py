"""Variants of a day: the bar of tabs, the commands, and the comparison."""
