import numpy as np

class Ball:
    def __init__(self, position, velocity, low, high):
        self.position = np.array(position, float)
        self.velocity = np.array(velocity, float)
        self.low = low
        self.high = high
        self.hits = 0

    def step(self, dt):
        p = self.position + self.velocity * dt
        below, above = p < self.low, p > self.high
        p = np.where(below, 2 * self.low - p, np.where(above, 2 * self.high - p, p))
        self.velocity = np.where(below | above, -self.velocity, self.velocity)
        self.hits += int(np.sum(below | above))
        self.position = p

    def path(self, steps, dt):
        places = [self.position]
        for i in range(steps):
            self.step(dt)
            places.append(self.position.copy())
        return np.array(places)[:-1]

def length(path):
    return np.linalg.norm(np.diff(path, axis=0), axis=1).sum()
