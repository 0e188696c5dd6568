import numpy as np

class Ising:
    def __init__(self, spins, J=1.0, T=2.0):
        self.state = [int(s) for s in spins]
        self.J = J
        self.T = T

    def energy(self):
        s = self.state
        return -self.J * sum(a * b for a, b in zip(s, s[1:] + s[:1]))

    def delta(self, i):
        s = self.state
        return 2 * self.J * s[i] * (s[i - 1] + s[(i + 1) % len(s)])

    def sweep(self, sites, randoms):
        flips = [self._try(i, u) for i, u in zip(sites, randoms)]
        return sum(flips)

    def _try(self, i, u):
        p = min(1.0, np.exp(-self.delta(i) / self.T))
        if u < p:
            self.state[i] = -self.state[i]
            return 1
        return 0

    def magnetisation(self):
        return np.mean(self.state)
