import numpy as np
from typing import Optional


class PCA:
    """Principal component analysis with the interface of scikit-learn."""

    def __init__(self, n_components: int):
        self.n_components = n_components
        self.mean_: Optional[np.ndarray] = None
        self.components_: Optional[np.ndarray] = None
        self.explained_variance_: Optional[np.ndarray] = None

    def fit(self, X: np.ndarray) -> "PCA":
        # TODO: centre the data, covariance matrix, eigenvectors (largest first)
        self.mean_ = X.mean(axis=0)
        C = np.cov(X - self.mean_, rowvar=False)
        values, vectors = np.linalg.eigh(C)
        order = np.argsort(values)[::-1][: self.n_components]
        self.explained_variance_ = values[order]
        self.components_ = vectors[:, order].T
        return self

    def transform(self, X: np.ndarray) -> np.ndarray:
        # TODO
        return (X - self.mean_) @ self.components_.T

    def inverse_transform(self, Z: np.ndarray) -> np.ndarray:
        # TODO
        return Z @ self.components_ + self.mean_


# Demo
rng = np.random.default_rng(3)
X = rng.normal(size=(8, 3)) @ np.array([[2.0, 0.3, 0.1], [0.0, 1.0, 0.2], [0.0, 0.0, 0.4]])
pca = PCA(n_components=2).fit(X)
Z = pca.transform(X)
X_rec = pca.inverse_transform(Z)
print("explained variance:", pca.explained_variance_)
print("reconstruction error:", np.mean((X - X_rec) ** 2))
