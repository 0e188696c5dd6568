# PHY 240 - Problem set 4, problem 2: the double... no, the single damped pendulum
# Solve theta'' = -(g/L) sin(theta) - b theta' with RK4.
import numpy as np
import matplotlib.pyplot as plt

g = 9.81
L = 0.5          # m
b = 0.2          # 1/s
dt = 0.02        # s
n_steps = 50

theta = 0.6
omega = -0.3

def rhs(state):
    th, om = state
    # TODO: return the derivatives of theta and omega as an array
    return np.array([om, -g / L * np.sin(th) - b * om])

state = np.array([theta, omega])
trajectory = [state]
for i in range(n_steps):
    # TODO: RK4
    k1 = rhs(state)
    k2 = rhs(state + dt / 2 * k1)
    k3 = rhs(state + dt / 2 * k2)
    k4 = rhs(state + dt * k3)
    state = state + dt / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
    trajectory.append(state)

trajectory = np.array(trajectory)
# TODO: energy per unit mass at each time
energy = 0.5 * (L * trajectory[:, 1]) ** 2 + g * L * (1 - np.cos(trajectory[:, 0]))

t = dt * np.arange(n_steps + 1)
fig, ax = plt.subplots(2, 1, sharex=True)
ax[0].plot(t, trajectory[:, 0])
ax[0].set_ylabel(r"$\theta$")
ax[1].plot(t, energy)
ax[1].set_xlabel("t (s)")
plt.tight_layout()
plt.show()
