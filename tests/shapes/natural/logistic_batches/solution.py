import numpy as np


def make_data(n=12, seed=0):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, 3))
    y = (X @ np.array([1.0, -2.0, 0.5]) + 0.3 > 0).astype(int)
    return X, y


def predict(X, w, b):
    """Probability of class 1."""
    # TODO
    p = 1 / (1 + np.exp(-(X @ w + b)))
    return p


def loss_and_gradients(X, y, w, b, lam):
    """Mean cross entropy with an L2 penalty, and its gradients."""
    # TODO
    p = predict(X, w, b)
    loss = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)) + lam / 2 * np.sum(w**2)
    error = p - y
    dw = X.T @ error / len(y) + lam * w
    db = error.mean()
    return loss, dw, db


def train(X, y, w, b, lam, rate, epochs, batch):
    """Gradient descent on mini-batches, in order."""
    # TODO
    history = []
    for epoch in range(epochs):
        for start in range(0, len(y), batch):
            part = slice(start, start + batch)
            loss, dw, db = loss_and_gradients(X[part], y[part], w, b, lam)
            w = w - rate * dw
            b = b - rate * db
        history.append(loss_and_gradients(X, y, w, b, lam)[0])
    return w, b, history


if __name__ == "__main__":
    X, y = make_data()
    w = np.zeros(3)
    loss, dw, db = loss_and_gradients(X, y, w + 0.1, 0.2, 0.01)
    print("start", loss, dw, db)
    w, b, history = train(X, y, w, 0.0, 0.01, 0.5, 3, 4)
    print("weights", w, b)
    for epoch, loss in enumerate(history):
        print(epoch, loss)
