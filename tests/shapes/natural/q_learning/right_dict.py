import numpy as np
from collections import defaultdict

class QAgent:
    def __init__(self, n_states, n_actions, alpha=0.5, gamma=0.9):
        self.n_states, self.n_actions = n_states, n_actions
        self.table = defaultdict(float)
        self.alpha = alpha
        self.gamma = gamma

    @property
    def q(self):
        return np.array([[self.table[s, a] for a in range(self.n_actions)] for s in range(self.n_states)])

    def best(self, state):
        return max(self.table[state, a] for a in range(self.n_actions))

    def act(self, state):
        return [self.table[state, a] for a in range(self.n_actions)].index(self.best(state))

    def update(self, state, action, reward, next_state, done):
        if done:
            td = reward - self.table[state, action]
        else:
            td = reward + self.gamma * self.best(next_state) - self.table[state, action]
        self.table[state, action] += self.alpha * td
        return td

    def replay(self, transitions, epochs=1):
        history = []
        while len(history) < epochs:
            errors = []
            for t in transitions:
                errors.append(abs(self.update(*t)))
            history.append(np.average(errors))
        return history

    def values(self):
        return [self.best(s) for s in range(self.n_states)]
