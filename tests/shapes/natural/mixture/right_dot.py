import numpy as np


class GaussianMixture1D:
    """Mixture of k normal distributions, fitted by expectation maximisation."""

    def __init__(self, means, n_iter=10):
        self.means = np.array(means, dtype=float)
        k = len(self.means)
        self.weights = np.full(k, 1 / k)
        self.variances = np.ones(k)
        self.n_iter = n_iter

    def responsibilities(self, x):
        """Share of each component in each point, shape (n, k)."""
        # TODO: E step
        diff = x[:, None] - self.means
        dens = np.exp(-diff**2 / (2 * self.variances)) / np.sqrt(self.variances)
        joint = self.weights * dens
        return joint / joint.sum(axis=1, keepdims=True)

    def fit(self, x):
        for _ in range(self.n_iter):
            r = self.responsibilities(x)
            # TODO: M step
            total = r.sum(axis=0)
            self.weights = total / len(x)
            self.means = r.T @ x / r.sum(axis=0)
            self.variances = (r * (x[:, None] - self.means) ** 2).sum(axis=0) / total + 1e-6
        return self

    def predict(self, x):
        """Most probable component of each point."""
        # TODO
        return self.responsibilities(x).argmax(axis=1)


rng = np.random.RandomState(42)
x = np.concatenate([rng.normal(-2, 0.5, 15), rng.normal(1.5, 0.8, 10)])
model = GaussianMixture1D(means=[-1.0, 1.0], n_iter=5).fit(x)
print("weights", model.weights)
print("means", model.means)
print("variances", model.variances)
print("labels", model.predict(x))
