class QAgent:
    def __init__(self, n_states, n_actions, alpha=0.5, gamma=0.9):
        self.q = [[0.0] * n_actions for _ in range(n_states)]
        self.visits = [[0] * n_actions for _ in range(n_states)]
        self.alpha, self.gamma = alpha, gamma

    def act(self, state):
        row = self.q[state]
        return row.index(max(row))

    def update(self, state, action, reward, next_state, done):
        old = self.q[state][action]
        future = 0 if done else max(self.q[next_state])
        error = reward + self.gamma * future - old
        self.q[state][action] = old + self.alpha * error
        self.visits[state][action] += 1
        return error

    def replay(self, transitions, epochs=1):
        result = []
        for e in range(epochs):
            total = 0
            for s, a, r, s2, d in transitions:
                total += abs(self.update(s, a, r, s2, d))
            result.append(total / len(transitions))
        return result

    def values(self):
        return [max(row) for row in self.q]
