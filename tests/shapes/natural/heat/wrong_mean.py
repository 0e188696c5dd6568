import numpy as np

LENGTH = 1.0
N = 9
ALPHA = 0.01
DT = 0.2
STEPS = 12
T_LEFT = 100.0
T_RIGHT = 20.0

dx = LENGTH / (N - 1)
A = np.eye(N)
for i in range(1, N - 1):
    A[i, i - 1 : i + 2] += ALPHA * DT / dx**2 * np.array([1, -2, 1])
u = np.ones(N) * 20.0
u[0] = T_LEFT
u[N - 1] = T_RIGHT
mean_temperature = np.zeros(STEPS)
w = np.ones(N); w[0] = w[-1] = 0.5
for s in range(STEPS):
    u = A @ u
    mean_temperature[s] = w @ u / N
flux_left, flux_right = -ALPHA * np.diff(u)[[0, -1]] / dx
print(u)
