"""The timeline: a lane for each vehicle, with what it does at every time of its day."""
