import numpy as np


class Ball:
    """A ball on a table without friction, walls at low and high in both directions."""

    def __init__(self, position, velocity, low, high):
        self.position = np.array(position, dtype=float)
        self.velocity = np.array(velocity, dtype=float)
        self.low = low
        self.high = high
        self.hits = 0

    def step(self, dt):
        # TODO: move
        self.position = self.position + dt * self.velocity
        # TODO: at a wall the place is mirrored and the speed turned round
        for k in range(2):
            if self.position[k] < self.low:
                self.position[k] = self.low
                self.velocity[k] = -self.velocity[k]
                self.hits += 1
            elif self.position[k] > self.high:
                self.position[k] = 2 * self.high - self.position[k]
                self.velocity[k] = -self.velocity[k]
                self.hits += 1

    def path(self, steps, dt):
        """The places after each step, (steps, 2)."""
        # TODO
        places = []
        for _ in range(steps):
            self.step(dt)
            places.append(self.position)
        return np.array(places)


def length(path):
    """How long a path is."""
    # TODO
    dx = path[1:, 0] - path[:-1, 0]
    dy = path[1:, 1] - path[:-1, 1]
    return np.sum(np.sqrt(dx ** 2 + dy ** 2))


# Example
ball = Ball([0.5, 1.0], [0.7, -0.4], 0.0, 2.0)
path = ball.path(12, 0.3)
hits = ball.hits
corners = np.array([[0.0, 0.0], [3.0, 4.0], [3.0, 6.0]])
way = length(corners)
print(path, hits, way)
