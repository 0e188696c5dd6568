import numpy as np

class GaussianNB:
    def __init__(self, smoothing=1e-3):
        self.eps = smoothing

    def fit(self, X, y):
        self.classes_, counts = np.unique(y, return_counts=True)
        onehot = (y[:, None] == self.classes_[None, :]).astype(float)
        self.priors_ = counts / counts.sum()
        self.means_ = onehot.T @ X / counts[:, None]
        squares = onehot.T @ X ** 2 / counts[:, None]
        self.vars_ = squares - self.means_ ** 2 + self.eps
        return self

    def _joint_log_likelihood(self, X):
        d2 = (X[:, None, :] - self.means_) ** 2 / self.vars_
        return np.log(self.priors_) - 0.5 * (d2 + np.log(2 * np.pi * self.vars_)).sum(axis=2)

    def predict_proba(self, X):
        L = self._joint_log_likelihood(X)
        return np.exp(L - np.logaddexp.reduce(L, axis=1)[:, None])

    def predict(self, X):
        return self.classes_[self.predict_proba(X).argmax(1)]

    def score(self, X, y):
        return (self.predict(X) == y).sum() / len(y)
