import numpy as np
alpha, beta = 1.1, 0.4
gamma, delta = 0.4, 0.1
prey, predators = 10.0, 4.0
dt = 0.05
steps = 40

def slope(z):
    x, y = z
    return np.array([alpha * x - beta * x * y, delta * x * y - gamma * y])

z = np.array([prey, predators])
path = [z]
for _ in range(steps):
    z = z + dt * slope(z)
    path.append(z)
path = np.array(path)
prey, predators = path[-1]
k = path[:, 0].argmax()
peak = path[k, 0]
peak_time = k * dt
V = delta * path[:, 0] - gamma * np.log(path[:, 0]) + beta * path[:, 1] - alpha * np.log(path[:, 1])
drift = V[-1] / V[0] - 1
