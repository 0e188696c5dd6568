import numpy as np

rows = np.loadtxt("data.csv", delimiter=",", skiprows=1)
rate = 0.1
epochs = 30
w = b = 0
errors = []
for _ in range(epochs):
    total = sum_w = sum_b = 0
    for area, price in rows:
        e = w * area + b - price
        total += e ** 2
        sum_w += e * area
        sum_b += e
    n = len(rows)
    errors.append(total / n)
    w = w - rate * 2 * sum_w / n
    b = b - rate * 2 * sum_b / n
predicted = 2 * w + b
