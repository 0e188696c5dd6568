import numpy as np

class TwoLayerNet:
    def __init__(self, n_in, n_hidden, lr=0.5, seed=0):
        rng = np.random.default_rng(seed)
        self.V = rng.normal(0, 0.5, (n_in, n_hidden))
        self.c = np.zeros(n_hidden)
        self.u = rng.normal(0, 0.5, n_hidden)
        self.d = 0.0
        self.lr = lr

    def forward(self, X):
        self.a = np.tanh(np.dot(X, self.V) + self.c)
        z = np.dot(self.a, self.u) + self.d
        return 1.0 / (1.0 + np.exp(-z))

    def step(self, X, y):
        out = self.forward(X)
        loss = np.where(y == 1, -np.log(out), -np.log(1 - out)).sum()
        e = out - y
        gu, gd = np.zeros_like(self.u), 0.0
        gV, gc = np.zeros_like(self.V), np.zeros_like(self.c)
        for x, a, err in zip(X, self.a, e):
            gu += err * a
            gd += err
            h = err * self.u * (1 - a * a)
            gV += np.outer(x, h)
            gc += h
        k = self.lr / len(X)
        self.V, self.c, self.u, self.d = self.V - k * gV, self.c - k * gc, self.u - k * gu, self.d - k * gd
        return loss
