import math

def frames(signal, size, hop):
    i = 0
    while i + size < len(signal):
        yield signal[i:i + size]
        i += hop

def hann(size):
    return [(1 - math.cos(2 * math.pi * k / size)) / 2 for k in range(size)]

def short_time_energy(signal, size=4, hop=2):
    w = hann(size)
    out = []
    for f in frames(signal, size, hop):
        e = 0
        for a, b in zip(w, f):
            e += (a * b) ** 2
        out.append(e)
    return out

class OnePole:
    def __init__(self, a=0.9):
        self.a, self.prev = a, 0.0

    def __call__(self, x):
        return self.process([x])[0]

    def process(self, block):
        result = []
        for x in block:
            self.prev = self.a * self.prev + (1 - self.a) * x
            result.append(self.prev)
        return result
