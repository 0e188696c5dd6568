import numpy as np

np.random.seed(1)


class TwoLayerNet:
    """inputs -> hidden (tanh) -> 1 output (sigmoid), trained by full-batch gradient descent"""

    def __init__(self, n_in, n_hidden, lr=0.5, seed=0):
        rng = np.random.default_rng(seed)
        self.W1 = rng.normal(0, 0.5, (n_in, n_hidden))
        self.b1 = np.zeros(n_hidden)
        self.W2 = rng.normal(0, 0.5, n_hidden)
        self.b2 = 0.0
        self.lr = lr

    def forward(self, X):
        # TODO
        self.H = np.tanh(X @ self.W1 + self.b1)
        return 1 / (1 + np.exp(-(self.H @ self.W2 + self.b2)))

    def step(self, X, y):
        """One step of gradient descent on the cross entropy; returns the loss before it."""
        p = self.forward(X)
        n = len(y)
        # TODO: loss
        loss = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
        # TODO: gradients
        delta = p - y
        dW2 = self.H.T @ delta
        db2 = delta.sum()
        dH = np.outer(delta, self.W2) * (1 - self.H ** 2)
        dW1 = X.T @ dH
        db1 = dH.sum(axis=0)
        # TODO: update
        self.W1 -= self.lr * dW1
        self.b1 -= self.lr * db1
        self.W2 -= self.lr * dW2
        self.b2 -= self.lr * db2
        return loss


if __name__ == "__main__":
    X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    y = np.array([0, 1, 1, 0])
    net = TwoLayerNet(2, 3, lr=0.8)
    losses = []
    for epoch in range(30):
        losses.append(net.step(X, y))
        if epoch % 10 == 0:
            print(epoch, losses[-1])
    print("output", net.forward(X))
