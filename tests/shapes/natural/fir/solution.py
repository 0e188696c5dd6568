"""
DSP lab 2: filters, frame by frame.

Students implement the functions marked TODO.
"""
import numpy as np


def frames(signal, size, hop):
    """Yield overlapping frames of the signal; the last incomplete one is dropped."""
    # TODO
    for start in range(0, len(signal) - size + 1, hop):
        yield signal[start : start + size]


def hann(size):
    # TODO: periodic Hann window
    n = np.arange(size)
    return 0.5 - 0.5 * np.cos(2 * np.pi * n / size)


def short_time_energy(signal, size=4, hop=2):
    """Energy of each windowed frame."""
    w = hann(size)
    # TODO
    return np.array([np.sum((w * frame) ** 2) for frame in frames(signal, size, hop)])


class OnePole:
    """y[n] = (1 - a) x[n] + a y[n-1]"""

    def __init__(self, a=0.9):
        self.a = a
        self.y = 0.0

    def __call__(self, x):
        # TODO: filter one sample and remember the output
        self.y = (1 - self.a) * x + self.a * self.y
        return self.y

    def process(self, block):
        # TODO: filter a block
        return np.array([self(x) for x in block])


# --- demo -------------------------------------------------------------
fs = 8000
t = np.arange(12) / fs
x = np.sin(2 * np.pi * 1000 * t) + 0.3 * np.cos(2 * np.pi * 3000 * t)
energy = short_time_energy(x, size=4, hop=2)
print(energy)

smooth = OnePole(a=0.8)
first = smooth.process(x[:6])
second = smooth.process(x[6:])
print(first, second)
