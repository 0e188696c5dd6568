import numpy as np

class Ball:
    def __init__(self, position, velocity, low, high):
        self.x, self.y = position
        self.vx, self.vy = velocity
        self.low, self.high = low, high
        self.hits = 0

    def bounce(self, p, v):
        if p < self.low:
            self.hits += 1
            return self.low + (self.low - p), -v
        if p > self.high:
            self.hits += 1
            return self.high - (p - self.high), -v
        return p, v

    def step(self, dt):
        self.x, self.vx = self.bounce(self.x + self.vx * dt, self.vx)
        self.y, self.vy = self.bounce(self.y + self.vy * dt, self.vy)

    def path(self, steps, dt):
        out = np.empty((steps, 2))
        for i in range(steps):
            out[i] = self.x, self.y
            self.step(dt)
        return out

def length(path):
    total = 0
    for (a, b), (c, d) in zip(path[:-1], path[1:]):
        total += ((a - c) ** 2 + (b - d) ** 2) ** 0.5
    return total
