import numpy as np


class GaussianNB:
    """Gaussian naive Bayes with variance smoothing.

    Attributes after fit: classes_, priors_, means_, vars_
    """

    def __init__(self, smoothing=1e-3):
        self.smoothing = smoothing

    def fit(self, X, y):
        self.classes_ = np.unique(y)
        # TODO: prior, mean and variance of each class
        self.priors_ = np.array([np.mean(y == c) for c in self.classes_])
        self.means_ = np.array([X.mean(axis=0) for c in self.classes_])
        self.vars_ = np.array([X[y == c].var(axis=0) for c in self.classes_]) + self.smoothing
        return self

    def _joint_log_likelihood(self, X):
        out = np.zeros((len(X), len(self.classes_)))
        for k in range(len(self.classes_)):
            # TODO
            diff = X - self.means_[k]
            log_pdf = -0.5 * (np.log(2 * np.pi * self.vars_[k]) + diff ** 2 / self.vars_[k])
            out[:, k] = np.log(self.priors_[k]) + log_pdf.sum(axis=1)
        return out

    def predict(self, X):
        # TODO
        return self.classes_[np.argmax(self._joint_log_likelihood(X), axis=1)]

    def predict_proba(self, X):
        # TODO: normalise in log space
        joint = self._joint_log_likelihood(X)
        joint = joint - joint.max(axis=1, keepdims=True)
        p = np.exp(joint)
        return p / p.sum(axis=1, keepdims=True)

    def score(self, X, y):
        # TODO
        return np.mean(self.predict(X) == y)


if __name__ == "__main__":
    X = np.array([[1.0, 2.1], [1.2, 1.9], [0.8, 2.4], [3.0, 0.5], [2.7, 0.9], [3.3, 0.2], [2.9, 1.1]])
    y = np.array([0, 0, 0, 1, 1, 1, 1])
    X_new = np.array([[1.1, 2.0], [2.0, 1.2], [3.0, 1.0]])
    model = GaussianNB().fit(X, y)
    print("means:", model.means_)
    print("vars:", model.vars_)
    print("classes of new records:", model.predict(X_new))
    print("probabilities:\n", model.predict_proba(X_new))
    print("accuracy:", model.score(X, y))
