import math

class KNNClassifier:
    def __init__(self, k=3, metric="euclidean"):
        self.k = k
        self.metric = metric

    def fit(self, X, y):
        self.points = list(zip(X, y))
        return self

    def dist(self, a, b):
        if self.metric == "manhattan":
            return sum(abs(p - q) for p, q in zip(a, b))
        return math.sqrt(sum((p - q) ** 2 for p, q in zip(a, b)))

    def predict_one(self, x):
        near = sorted(self.points, key=lambda item: self.dist(item[0], x))[: self.k]
        labels = sorted(label for _, label in near)
        return max(sorted(set(labels)), key=labels.count)

    def predict(self, X):
        return [self.predict_one(x) for x in X]

    def score(self, X, y):
        right = 0
        for guess, true in zip(self.predict(X), y):
            if guess == true:
                right += 1
        return right / len(y)
