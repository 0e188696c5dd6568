import numpy as np

length, damping, dt, n_steps = 0.8, 0.4, 0.05, 50
theta, omega = 0.9, 0.0

def step(angle, speed):
    speed = speed * (1 - dt * damping) - dt * 9.81 * np.sin(angle) / length
    return angle + dt * speed, speed

angles, speeds = [theta], [omega]
for _ in range(n_steps):
    theta, omega = step(theta, omega)
    angles.append(theta)
    speeds.append(omega)
angles = np.array(angles)
passed = angles[:-1] * angles[1:] < 0
crossings = np.sum(passed)
largest = max(np.abs(np.array(speeds)[1:])[passed], default=0.0)
