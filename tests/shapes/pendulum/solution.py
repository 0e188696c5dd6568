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
crossings = 0
largest = 0.0
for k in range(n_steps):
    # TODO: the angular acceleration
    acceleration = -9.81 / length * np.sin(theta) - damping * omega
    # TODO: the new angular velocity, and with it the new angle
    omega += dt * acceleration
    theta += dt * omega
    angles[k + 1] = theta
    if angles[k] * theta < 0:
        # TODO: it has passed the lowest point
        crossings += 1
        if abs(omega) > largest:
            # TODO: the largest speed there
            largest = abs(omega)

print(crossings, "crossings, largest speed", largest)
try:
    import matplotlib.pyplot as plt
    plt.plot(dt * np.arange(n_steps + 1), angles)
    plt.show()
except ImportError:
    pass
