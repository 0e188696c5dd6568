import numpy as np
g = 9.81
k = 0.05
dt = 0.1
steps = 20

def f(state):
    position, velocity = state[:2], state[2:]
    acceleration = np.array([0, -g]) - k * np.sqrt(velocity @ velocity) * velocity
    return np.concatenate([velocity, acceleration])

def rk4(y, h):
    a = h * f(y)
    b = h * f(y + a / 2)
    c = h * f(y + b / 2)
    d = h * f(y + c)
    return y + (a + 2 * b + 2 * c + d) / 6

y = np.array([0.0, 1.0, 8.0, 6.0])
trace = [y.copy()]
for _ in range(steps):
    y = rk4(y, dt)
    trace.append(y)
path = np.stack(trace)
top = max(p[1] for p in path)
speed = np.linalg.norm(y[2:])
