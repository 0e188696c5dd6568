import math
import numpy as np

class Ising:
    def __init__(self, spins, J=1.0, T=2.0):
        self.spins, self.J, self.T = np.array(spins), J, T
        self.n = len(spins)

    def energy(self):
        e = 0
        for i in range(self.n):
            e -= self.J * self.spins[i] * self.spins[(i + 1) % self.n]
        return e

    def delta(self, i):
        before = self.energy()
        self.spins[i] = -self.spins[i]
        after = self.energy()
        self.spins[i] = -self.spins[i]
        return after - before

    def sweep(self, sites, randoms):
        k = 0
        for t in range(len(sites)):
            d = self.delta(sites[t])
            if d > 0 and randoms[t] >= math.exp(-d / self.T):
                continue
            self.spins[sites[t]] = -self.spins[sites[t]]
            k += 1
        return k

    def magnetisation(self):
        return sum(self.spins) / self.n
