import numpy as np

class QAgent:
    def __init__(self, n_states, n_actions, alpha=0.5, gamma=0.9):
        self.alpha = alpha
        self.gamma = gamma
        self.q = np.zeros([n_states, n_actions])
        self.visits = np.zeros([n_states, n_actions])

    def act(self, state):
        best = 0
        for a in range(self.q.shape[1]):
            if self.q[state, a] > self.q[state, best]:
                best = a
        return best

    def update(self, state, action, reward, next_state, done):
        target = reward + (1 - done) * self.gamma * self.q[next_state, self.act(next_state)]
        before = self.q[state, action]
        self.q[state, action] = (1 - self.alpha) * before + self.alpha * target
        self.visits[state, action] += 1
        return target - before

    def replay(self, transitions, epochs=1):
        history = np.zeros(epochs)
        for k in range(epochs):
            history[k] = np.mean([np.abs(self.update(*t)) for t in transitions])
        return history

    def values(self):
        return np.array([self.q[s, self.act(s)] for s in range(len(self.q))])
