# Physics 212 lab 6 - projectile with drag, fourth order Runge-Kutta
import numpy as np
import matplotlib.pyplot as plt

g = 9.81
k = 0.05          # drag coefficient per mass
dt = 0.1
steps = 20

def f(y):
    # y = [x, height, vx, vy]
    # TODO: derivative with quadratic drag
    v = np.sqrt(y[2]**2 + y[3]**2)
    return np.array([y[2], y[3], -k * v * y[2], -g - k * v * y[3]])

y = np.array([0.0, 1.0, 8.0, 6.0])
path = [y]
for n in range(steps):
    # TODO: RK4 step
    k1 = f(y)
    k2 = f(y + dt / 2 * k1)
    k3 = f(y + dt / 2 * k2)
    k4 = f(y + dt * k3)
    y = y + dt / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
    path.append(y)

path = np.array(path)
# TODO: highest point and final speed
top = path[:, 1].max()
speed = np.hypot(path[-1, 2], path[-1, 3])

print("top", top)
print("speed", speed)
plt.plot(path[:, 0], path[:, 1])
plt.show()
