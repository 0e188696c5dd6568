import numpy as np


def one_hot(labels, n_classes):
    """
    Arguments:
    labels -- integer array of shape (N,)
    n_classes -- integer

    Returns:
    encoded -- array of zeros and ones, shape (N, n_classes)
    """
    ### START CODE HERE ###
    # TODO
    encoded = np.zeros((len(labels), n_classes))
    encoded[np.arange(len(labels)), labels] = 1
    ### END CODE HERE ###
    return encoded


def split_indices(n, share, seed):
    """Shuffle 0 ... n - 1; the first int(share * n) are for training, the others for testing."""
    order = np.random.RandomState(seed).permutation(n)
    ### START CODE HERE ###
    # TODO
    cut = int(share * n)
    train, test = order[:cut], order[cut - 1:]
    ### END CODE HERE ###
    return train, test


def class_shares(labels, n_classes):
    """The share of each class among the labels."""
    ### START CODE HERE ###
    # TODO
    shares = one_hot(labels, n_classes).mean(axis=0)
    ### END CODE HERE ###
    return shares


# Example
labels = np.array([0, 2, 1, 1, 0, 2, 2])
n_classes = 4
share = 0.6
seed = 3
encoded = one_hot(labels, n_classes)
train, test = split_indices(len(labels), share, seed)
shares = class_shares(labels, n_classes)
print(encoded)
print("train", train, "test", test)
print("shares", shares)
