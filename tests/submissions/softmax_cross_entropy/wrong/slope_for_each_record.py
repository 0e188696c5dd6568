import numpy as np

def softmax(scores):
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)
def cross_entropy(probabilities, labels):
    return np.mean([-np.log(row[i]) for row, i in zip(probabilities, labels)])
def score_gradient(probabilities, labels):
    onehot = np.zeros_like(probabilities)
    for i, label in enumerate(labels):
        onehot[i][label] = 1.0
    return probabilities - onehot
