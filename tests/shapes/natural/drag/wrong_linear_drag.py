import numpy as np
g = 9.81
k = 0.05
dt = 0.1
steps = 20

def f(y):
    speed = np.linalg.norm(y[2:])
    out = np.empty(4)
    out[:2] = y[2:]
    out[2:] = -k * y[2:]
    out[3] -= g
    return out

path = np.zeros((steps + 1, 4))
path[0] = [0.0, 1.0, 8.0, 6.0]
for n in range(steps):
    k1 = f(path[n])
    k2 = f(path[n] + 0.5 * dt * k1)
    k3 = f(path[n] + 0.5 * dt * k2)
    k4 = f(path[n] + dt * k3)
    path[n + 1] = path[n] + dt * (k1 + 2*k2 + 2*k3 + k4) / 6
y = path[-1]
top = np.max(path[:, 1])
speed = np.sqrt(y[2]**2 + y[3]**2)
print(top, speed)
