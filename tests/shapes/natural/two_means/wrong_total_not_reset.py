import numpy as np

leaves = np.array([[4.9, 1.4], [5.1, 1.7], [6.3, 2.4], [5.0, 1.3], [6.6, 2.1], [6.1, 2.6], [4.7, 1.6]])
first = np.array([5.0, 2.0])
second = np.array([6.0, 2.0])
rounds = 3

spread = []
moved = np.zeros(rounds)
for r in range(rounds):
    a, b = [], []
    total = 0 if r == 0 else total
    for leaf in leaves:
        d1 = (leaf[0] - first[0]) ** 2 + (leaf[1] - first[1]) ** 2
        d2 = (leaf[0] - second[0]) ** 2 + (leaf[1] - second[1]) ** 2
        if d1 <= d2:
            a.append(leaf)
            total += d1
        else:
            b.append(leaf)
            total += d2
    spread.append(total)
    old = first.copy()
    if len(a) > 0:
        first = np.mean(a, axis=0)
    if len(b) > 0:
        second = np.mean(b, axis=0)
    moved[r] = max(abs(first - old))
print(first, second)
