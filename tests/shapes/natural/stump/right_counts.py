import numpy as np


def gini(labels):
    """Gini impurity of a list of 0/1 labels; 0 for an empty one."""
    # TODO
    if len(labels) == 0:
        return 0.0
    n1 = np.sum(labels == 1)
    n0 = len(labels) - n1
    return 1 - (n0 / len(labels)) ** 2 - (n1 / len(labels)) ** 2


def best_split(x, y):
    """Threshold between two neighbouring values with the smallest weighted impurity.

    Returns (threshold, impurity).
    """
    # TODO: try the middle between each two neighbouring different values
    values = np.unique(x)
    best_threshold, best_impurity = None, np.inf
    for a, b in zip(values[:-1], values[1:]):
        t = (a + b) / 2
        left, right = y[x <= t], y[x > t]
        impurity = (len(left) * gini(left) + len(right) * gini(right)) / len(y)
        if impurity < best_impurity:
            best_threshold, best_impurity = t, impurity
    return best_threshold, best_impurity


class Stump:
    """A decision tree with one split."""

    def fit(self, x, y):
        self.threshold, _ = best_split(x, y)
        # TODO: majority label on each side (ties: 1)
        self.left = int(y[x <= self.threshold].mean() >= 0.5)
        self.right = int(y[x > self.threshold].mean() >= 0.5)
        return self

    def predict(self, x):
        # TODO
        return np.where(x <= self.threshold, self.left, self.right)


# Example
x = np.array([2.1, 3.5, 0.4, 1.2, 4.4, 3.9, 2.8])
y = np.array([0, 1, 0, 0, 1, 0, 1])
print("gini:", gini(y))
print("split:", best_split(x, y))
stump = Stump().fit(x, y)
print(stump.predict(np.array([0.0, 2.5, 5.0])))
