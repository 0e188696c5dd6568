import numpy as np

# Two groups of plants, by the length and width of their leaves
leaves = np.array([[4.9, 1.4], [5.1, 1.7], [6.3, 2.4], [5.0, 1.3], [6.6, 2.1], [6.1, 2.6], [4.7, 1.6]])
first = np.array([5.0, 2.0])
second = np.array([6.0, 2.0])
rounds = 3

spread = []
moved = np.zeros(rounds)
for r in range(rounds):
    # TODO: squared distances from both centres
    to_first = ((leaves - first) ** 2).sum(axis=1)
    to_second = ((leaves - second) ** 2).sum(axis=1)
    # TODO: who belongs to the first one
    near = to_first <= to_second
    # TODO: the sum of all squared distances from the nearer centre
    total = np.where(near, to_first, to_second).sum()
    spread.append(total)
    # TODO: the new centres; one without leaves stays
    old = first
    if near.any():
        first = leaves[near].mean(axis=0)
    if not near.all():
        second = leaves[~near].mean(axis=0)
    moved[r] = np.abs(first - old).max()

print("centres", first, second)
print("spread", spread)
print("moved", moved)
