from __future__ import annotations

from collections import Counter

import numpy as np


class KNNClassifier:
    """k nearest neighbours with a choice of metric."""

    def __init__(self, k: int = 3, metric: str = "euclidean") -> None:
        self.k = k
        self.metric = metric
        self.X_: np.ndarray | None = None
        self.y_: np.ndarray | None = None

    def fit(self, X: np.ndarray, y: np.ndarray) -> KNNClassifier:
        # TODO: remember the training data, return self
        self.X_ = np.asarray(X)
        self.y_ = np.asarray(y)
        return self

    def _distances(self, x: np.ndarray) -> np.ndarray:
        # TODO: euclidean or manhattan distance of x to all training points
        if self.metric == "euclidean":
            return np.sqrt(((self.X_ - x) ** 2).sum(axis=1))
        if self.metric == "manhattan":
            return np.abs(self.X_ - x).sum(axis=1)
        raise ValueError(f"unknown metric {self.metric}")

    def predict(self, X: np.ndarray) -> np.ndarray:
        if self.X_ is None:
            raise RuntimeError("call fit first")
        predictions = []
        for x in X:
            # TODO: majority vote among the k nearest; of equal votes the smallest label wins
            nearest = np.argsort(self._distances(x), kind="stable")[-self.k :]
            votes = Counter(self.y_[nearest].tolist())
            predictions.append(min(votes, key=lambda label: (-votes[label], label)))
        return np.array(predictions)

    def score(self, X: np.ndarray, y: np.ndarray) -> float:
        # TODO: share of right predictions
        return float(np.mean(self.predict(X) == y))


if __name__ == "__main__":
    rng = np.random.default_rng(7)
    X_train = rng.normal(size=(12, 2))
    y_train = rng.integers(0, 3, size=12)
    X_test = rng.normal(size=(5, 2))
    y_test = rng.integers(0, 3, size=5)

    model = KNNClassifier(k=3).fit(X_train, y_train)
    print(model.predict(X_test))
    print(f"accuracy: {model.score(X_test, y_test):.2f}")

    other = KNNClassifier(k=5, metric="manhattan")
    other.fit(X_train, y_train)
    print(f"manhattan: {other.score(X_test, y_test):.2f}")
