import numpy as np

LENGTH = 1.0
N = 9
ALPHA = 0.01
DT = 0.2
STEPS = 12
T_LEFT, T_RIGHT = 100.0, 20.0

dx = LENGTH / (N - 1)
u = np.full(N, 20.0)
u[0], u[-1] = T_LEFT, T_RIGHT
r = ALPHA * DT / dx ** 2
mean_temperature = []
for _ in range(STEPS):
    u[1:-1] = u[1:-1] + r * (u[2:] - 2 * u[1:-1] + u[:-2])
    mean_temperature.append(np.sum((u[1:] + u[:-1]) / 2) * dx / LENGTH)
flux_left = ALPHA * (u[0] - u[1]) / dx
flux_right = ALPHA * (u[-2] - u[-1]) / dx
