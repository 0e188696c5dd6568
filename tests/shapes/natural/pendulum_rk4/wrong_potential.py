import numpy as np
import matplotlib.pyplot as plt
g = 9.81
L = 0.5
b = 0.2
dt = 0.02
n_steps = 50
theta = 0.6
omega = -0.3

def rhs(y):
    return np.array([y[1], -(g / L) * np.sin(y[0]) - b * y[1]])

def rk4(f, y, h):
    k1 = h * f(y)
    k2 = h * f(y + k1 / 2)
    k3 = h * f(y + k2 / 2)
    k4 = h * f(y + k3)
    return y + (k1 + 2 * (k2 + k3) + k4) / 6

trajectory = np.zeros((n_steps + 1, 2))
trajectory[0] = theta, omega
for i in range(n_steps):
    trajectory[i + 1] = rk4(rhs, trajectory[i], dt)
th, om = trajectory.T
kinetic = L ** 2 * om ** 2 / 2
potential = g * L * np.cos(th)
energy = kinetic + potential
plt.plot(energy); plt.savefig("energy.png")
