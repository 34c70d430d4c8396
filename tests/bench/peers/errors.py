"""What stops a measurement."""


class MeasurementError(Exception):
    """Something that a measurement needs is missing or wrong; the text says what, and is all that a person reads."""
