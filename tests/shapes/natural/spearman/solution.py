import numpy as np


def ranks(values):
    """Ranks from 1; equal values share the mean of their ranks."""
    order = np.argsort(values)
    result = np.zeros(len(values))
    i = 0
    # TODO: go through groups of equal values
    while i < len(values):
        j = i
        while j + 1 < len(values) and values[order[j + 1]] == values[order[i]]:
            j += 1
        for k in range(i, j + 1):
            result[order[k]] = (i + j) / 2 + 1
        i = j + 1
    return result


def pearson(x, y):
    """Correlation of two samples."""
    # TODO
    dx = x - x.mean()
    dy = y - y.mean()
    return (dx * dy).sum() / np.sqrt((dx**2).sum() * (dy**2).sum())


def spearman(x, y):
    # TODO: correlation of the ranks
    return pearson(ranks(x), ranks(y))


def strength(r):
    """In words: 'strong' from 0.7 on, 'moderate' from 0.4 on, else 'weak'; the sign does not matter."""
    # TODO
    if abs(r) >= 0.7:
        return "strong"
    if abs(r) >= 0.4:
        return "moderate"
    return "weak"


if __name__ == "__main__":
    hours = np.array([2.0, 5.0, 1.0, 3.5, 5.0, 8.0, 3.0])
    marks = np.array([51.0, 60.0, 48.0, 55.0, 72.0, 70.0, 55.0])
    print(ranks(hours))
    r = pearson(hours, marks)
    rho = spearman(hours, marks)
    print(r, rho, strength(rho))
    print(strength(-0.45))
