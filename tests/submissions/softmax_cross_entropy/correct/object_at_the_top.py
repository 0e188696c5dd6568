import numpy as np


class Loss:
    def __init__(self, eps=0.0, reduce=np.mean):
        self.eps = eps
        self.reduce = reduce

    def pick(self, p, y):
        return p[np.arange(len(y)), y]

    def value(self, p, y):
        return self.reduce(-np.log(self.pick(p, y) + self.eps))

    def slope(self, p, y):
        one_hot = np.zeros_like(p)
        one_hot[np.arange(len(y)), y] = 1
        return (p - one_hot) / len(y)


_loss = Loss(eps=0.0, reduce=np.mean)
cross_entropy = _loss.value


def softmax(scores):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def score_gradient(probabilities, labels):
    return _loss.slope(probabilities, labels)


print(softmax(np.array([[1.0, 2.0]])))
