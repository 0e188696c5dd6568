# Heat equation, explicit finite differences - PHYS 310 computer lab
import numpy as np
import matplotlib.pyplot as plt

LENGTH = 1.0
N = 9
ALPHA = 0.01
DT = 0.2
STEPS = 12
T_LEFT, T_RIGHT = 100.0, 20.0

dx = LENGTH / (N - 1)
x = np.linspace(0, LENGTH, N)
u = np.full(N, 20.0)
u[0] = T_LEFT
u[-1] = T_RIGHT
mean_temperature = []

for n in range(STEPS):
    # TODO: new temperatures of the inner points
    new = u.copy()
    for i in range(1, N - 1):
        new[i] = u[i] + ALPHA * DT / dx**2 * (u[i + 1] - 2 * u[i] + u[i - 1])
    u = new
    # TODO: mean temperature by the trapezoidal rule
    mean_temperature.append(dx * (u[0] / 2 + u[1:-1].sum() + u[-1] / 2) / LENGTH)

# TODO: heat flux at both ends
flux_left = -ALPHA * (u[1] - u[0]) / dx
flux_right = -ALPHA * (u[-1] - u[-2]) / dx

print("final profile", u)
print("flux", flux_left, flux_right)
plt.plot(x, u)
plt.xlabel("x")
plt.show()
