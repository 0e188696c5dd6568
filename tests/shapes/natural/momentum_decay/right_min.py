import numpy as np


class SGD:
    """Stochastic gradient descent with momentum, step decay and gradient clipping."""

    def __init__(self, lr=0.1, momentum=0.9, decay_every=2, factor=0.5, max_norm=None):
        self.lr = lr
        self.momentum = momentum
        self.decay_every = decay_every
        self.factor = factor
        self.max_norm = max_norm
        self.velocity = None
        self.t = 0

    def current_lr(self):
        # TODO: multiply by factor after every `decay_every` steps
        return self.lr * self.factor ** (self.t // self.decay_every)

    def step(self, w, grad):
        """Return the new weights."""
        # TODO: clip, velocity, update
        if self.max_norm is not None:
            norm = np.sqrt(np.sum(grad ** 2))
            grad = grad / max(1.0, norm / self.max_norm)
        if self.velocity is None:
            self.velocity = np.zeros_like(w)
        self.velocity = self.momentum * self.velocity - self.current_lr() * grad
        self.t += 1
        return w + self.velocity


def minimise(gradient, w, optimizer, steps):
    """Weights after each step, the first ones included."""
    # TODO
    path = [w]
    for _ in range(steps):
        w = optimizer.step(w, gradient(w))
        path.append(w)
    return np.array(path)


A = np.array([[3.0, 0.5], [0.5, 1.0]])
b = np.array([1.0, -2.0])

path = minimise(lambda w: A @ w - b, np.array([2.0, 2.0]), SGD(lr=0.2, momentum=0.5), 5)
print(path)
clipped = minimise(lambda w: A @ w - b, np.array([2.0, 2.0]), SGD(lr=0.2, momentum=0.5, max_norm=1.0), 5)
print(clipped[-1])
