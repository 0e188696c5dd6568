import numpy as np

# GRADED FUNCTION: assign
def assign(points, centres):
    """The number of the nearest centre for each point."""
    # TODO: squared distances, (N, K)
    distances = np.sum((points[:, None, :] - centres[None, :, :]) ** 2, axis=2)
    # TODO
    return np.argmin(distances, axis=1)

# GRADED FUNCTION: move
def move(points, groups, centres):
    """Each centre in the mean of its points; a centre without points stays."""
    moved = centres.copy()
    for k in range(len(centres)):
        if np.any(groups == k):
            # TODO
            moved[k] = points[groups == k].mean(axis=0)
    return moved

# GRADED FUNCTION: inertia
def inertia(points, groups, centres):
    # TODO: the sum of the squared distances of the points from their centres
    return np.mean((points - centres[groups]) ** 2)

def kmeans(points, centres, rounds):
    history = []
    for _ in range(rounds):
        groups = assign(points, centres)
        # TODO
        centres = move(points, groups, centres)
        history.append(inertia(points, groups, centres))
    return centres, history

# Example
points = np.array([[1.0, 1.2], [0.8, 0.9], [4.0, 4.2], [4.4, 3.9], [1.1, 0.7], [3.8, 4.1]])
centres = np.array([[0.0, 0.0], [2.0, 2.5], [9.0, 9.0]])
rounds = 3
groups = assign(points, centres)
moved = move(points, groups, centres)
spread = inertia(points, groups, moved)
final, history = kmeans(points, centres, rounds)
print(groups, moved, spread)
print(final, history)
