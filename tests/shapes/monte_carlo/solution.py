import numpy as np

seed = 7
n = 200
radius = 0.8

np.random.seed(seed)
inside = 0
distances = 0.0
estimates = []
for i in range(1, n + 1):
    x, y = np.random.uniform(-1, 1, size=2)
    # TODO: the distance from the middle
    r = (x ** 2 + y ** 2) ** 0.5
    if r <= radius:
        # TODO:
        inside += 1
        distances += r
    if i % 10 == 0:
        # TODO: the area of the circle as it is known by now (the square has the area 4)
        estimates.append(4 * inside / i)

# TODO:
area = 4 * inside / n
mean_distance = distances / max(inside, 1)
print("area", area, "exactly", np.pi * radius ** 2)
