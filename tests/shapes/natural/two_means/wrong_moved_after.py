import numpy as np

leaves = np.array([[4.9, 1.4], [5.1, 1.7], [6.3, 2.4], [5.0, 1.3], [6.6, 2.1], [6.1, 2.6], [4.7, 1.6]])
first = np.array([5.0, 2.0])
second = np.array([6.0, 2.0])
rounds = 3

spread = []
moved = np.zeros(rounds)
for r in range(rounds):
    centres = np.array([first, second])
    d = np.linalg.norm(leaves[:, None, :] - centres[None, :, :], axis=2) ** 2
    group = d.argmin(axis=1)
    spread.append(d.min(axis=1).sum())
    new = [leaves[group == k].mean(axis=0) if (group == k).any() else centres[k] for k in (0, 1)]
    first, second = new
    moved[r] = np.abs(new[0] - first).max()
print(first, second, spread)
