import numpy as np


class RMSProp:
    """Optimizer that scales each gradient by a running mean of its squares."""

    def __init__(self, lr=0.01, beta=0.9, eps=1e-8):
        self.lr = lr
        self.beta = beta
        self.eps = eps
        self.cache = {}

    def step(self, params, grads):
        """Update `params` (a dict of arrays) in place."""
        for name in params:
            if name not in self.cache:
                self.cache[name] = np.zeros_like(params[name])
            # TODO: update cache and parameter
            self.cache[name] = self.beta * self.cache[name] + (1 - self.beta) * grads[name]
            params[name] -= self.lr * grads[name] / (np.sqrt(self.cache[name]) + self.eps)


def clip(grads, limit):
    """Scale all gradients so that their joint norm is at most `limit`."""
    # TODO
    norm = np.sqrt(sum(np.sum(g ** 2) for g in grads.values()))
    factor = min(1.0, limit / norm)
    return {name: g * factor for name, g in grads.items()}


if __name__ == "__main__":
    params = {"W": np.array([[0.5, -0.3], [0.8, 0.1]]), "b": np.array([0.1, -0.2])}
    grads = {"W": np.array([[0.2, 0.4], [-0.6, 0.1]]), "b": np.array([0.3, -0.5])}
    grads = clip(grads, 0.5)
    optimizer = RMSProp(lr=0.1)
    for _ in range(3):
        optimizer.step(params, grads)
    print(params)
    print(optimizer.cache["W"])
