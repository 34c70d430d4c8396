"""The add-on: an ordinary Python with a torch that can use a graphics card, beside a program that has none."""
