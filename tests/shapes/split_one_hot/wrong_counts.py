import numpy as np

def one_hot(labels, n_classes):
    rows = []
    for label in labels:
        rows.append([1.0 if c == label else 0.0 for c in range(n_classes)])
    return rows

def split_indices(n, share, seed):
    order = list(np.random.RandomState(seed).permutation(n))
    train = []
    while len(train) + 1 <= share * n:
        train.append(order.pop(0))
    return train, order

def class_shares(labels, n_classes):
    shares = np.zeros(n_classes)
    for label in labels:
        shares[label] += 1
    return shares
