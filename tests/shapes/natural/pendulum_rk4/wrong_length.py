import math
import numpy as np
g, L, b, dt, n_steps = 9.81, 0.5, 0.2, 0.02, 50
theta = 0.6
omega = -0.3

def acc(th, om):
    return -g / L * math.sin(th) - b * om

th, om = theta, omega
rows = [(th, om)]
for _ in range(n_steps):
    a1, v1 = acc(th, om), om
    a2, v2 = acc(th + dt * v1 / 2, om + dt * a1 / 2), om + dt * a1 / 2
    a3, v3 = acc(th + dt * v2 / 2, om + dt * a2 / 2), om + dt * a2 / 2
    a4, v4 = acc(th + dt * v3, om + dt * a3), om + dt * a3
    th += dt * (v1 + 2 * v2 + 2 * v3 + v4) / 6
    om += dt * (a1 + 2 * a2 + 2 * a3 + a4) / 6
    rows.append((th, om))
trajectory = np.array(rows)
energy = [0.5 * L * w ** 2 + g * L * (1 - math.cos(q)) for q, w in rows]
