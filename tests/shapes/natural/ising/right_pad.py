import numpy as np

class Ising:

    def __init__(self, spins, J=1.0, T=2.0):
        self.spins = np.asarray(spins).copy()
        self.beta = 1.0 / T
        self.J = J

    def energy(self):
        padded = np.append(self.spins, self.spins[0])
        return -self.J * (padded[1:] @ padded[:-1])

    def delta(self, i):
        left = self.spins[i - 1]
        right = self.spins[i + 1] if i + 1 < len(self.spins) else self.spins[0]
        return 2.0 * self.J * self.spins[i] * (left + right)

    def sweep(self, sites, randoms):
        accepted = 0
        for i, u in zip(sites, randoms):
            if u < np.exp(-self.beta * self.delta(i)):
                self.spins[i] *= -1
                accepted += 1
        return accepted

    def magnetisation(self):
        return np.sum(self.spins) / self.spins.size
