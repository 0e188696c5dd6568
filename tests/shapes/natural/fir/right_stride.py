import numpy as np

def frames(signal, size, hop):
    n = (len(signal) - size) // hop + 1
    return [signal[i * hop : i * hop + size] for i in range(n)]

def hann(size):
    return np.sin(np.pi * np.arange(size) / size) ** 2

def short_time_energy(signal, size=4, hop=2):
    F = np.array(frames(signal, size, hop))
    return ((F * hann(size)) ** 2).sum(axis=1)

class OnePole:
    def __init__(self, a=0.9):
        self.a = a
        self.last = 0

    def __call__(self, x):
        self.last += (1 - self.a) * (x - self.last)
        return self.last

    def process(self, block):
        out = np.zeros(len(block))
        for i in range(len(block)):
            out[i] = self(block[i])
        return out
