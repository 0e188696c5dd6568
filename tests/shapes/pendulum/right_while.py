import math
import numpy as np

# A damped pendulum in small steps
length = 0.8
damping = 0.4
dt = 0.05
n_steps = 50
theta = 0.9      # angle
omega = 0.0      # angular velocity

angles = np.zeros(n_steps + 1)
angles[0] = theta
fast = []
k = 0
while k < n_steps:
    old = theta
    a = (9.81 * math.sin(old) + damping * omega * length) / -length
    omega = omega + a * dt
    theta = old + omega * dt
    k += 1
    angles[k] = theta
    if (old > 0 and theta < 0) or (old < 0 and theta > 0):
        fast.append(abs(omega))
    print(k, theta, omega)
crossings = len(fast)
largest = max(fast) if fast else 0
