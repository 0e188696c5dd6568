"""Lotka-Volterra, explicit Euler"""
from matplotlib import pyplot as plt

alpha, beta = 1.1, 0.4
gamma, delta = 0.4, 0.1
prey, predators = 10.0, 4.0
dt = 0.05
steps = 40

times = [0.0]
prey_history = [prey]
predator_history = [predators]

for k in range(1, steps + 1):
    # fill in the change of both populations
    # TODO
    d_prey = alpha * prey - beta * prey * predators
    d_predators = delta * prey * predators - gamma * predators
    # TODO: one Euler step for both
    prey += dt * d_prey
    predators += dt * (delta * prey * predators - gamma * predators)

    times.append(k * dt)
    prey_history.append(prey)
    predator_history.append(predators)

# TODO: when were there most prey, and how many
peak = max(prey_history)
peak_time = times[prey_history.index(peak)]

# TODO: constant of motion, relative change from start to end
from math import log
V0 = delta * prey_history[0] - gamma * log(prey_history[0]) + beta * predator_history[0] - alpha * log(predator_history[0])
V1 = delta * prey - gamma * log(prey) + beta * predators - alpha * log(predators)
drift = (V1 - V0) / V0

print(f"after {times[-1]:.1f} years: {prey:.2f} prey, {predators:.2f} predators")
print("peak", peak, "at", peak_time, "; drift", drift)

plt.plot(times, prey_history, label="prey")
plt.plot(times, predator_history, label="predators")
plt.legend()
plt.show()
