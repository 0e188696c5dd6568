"""Metropolis sampling of the one-dimensional Ising chain and of a normal density."""
import numpy as np


class Ising:
    def __init__(self, spins, J=1.0, T=2.0):
        self.spins = np.array(spins)
        self.J = J
        self.T = T

    def energy(self):
        """Energy with periodic boundary: -J * sum s_i s_{i+1}."""
        # TODO
        return -self.J * np.sum(self.spins * np.roll(self.spins, 1))

    def delta(self, i):
        """Change of energy if spin i is flipped."""
        # TODO
        n = len(self.spins)
        neighbours = self.spins[(i - 1) % n] + self.spins[(i + 1) % n]
        return 2 * self.J * self.spins[i] * neighbours

    def sweep(self, sites, randoms):
        """One try per entry of sites; randoms are uniform in [0, 1). Returns accepted flips."""
        accepted = 0
        for i, u in zip(sites, randoms):
            # TODO: Metropolis rule
            dE = self.delta(i)
            if dE <= 0:
                self.spins[i] *= -1
                accepted += 1
        return accepted

    def magnetisation(self):
        # TODO
        return self.spins.mean()


# --- demo ---
chain = Ising([1, -1, -1, 1, 1, 1], J=1.0, T=2.0)
print("E before:", chain.energy())
print("dE of spin 1:", chain.delta(1))
np.random.seed(3)
sites = np.random.randint(0, 6, size=10)
randoms = np.random.rand(10)
accepted = chain.sweep(sites, randoms)
print("accepted:", accepted)
print("E after:", chain.energy())
print("m:", chain.magnetisation())
