"""Reinforcement learning lab: tabular Q-learning and SARSA on a list of transitions."""
import numpy as np


class QAgent:
    def __init__(self, n_states, n_actions, alpha=0.5, gamma=0.9):
        self.q = np.zeros((n_states, n_actions))
        self.visits = np.zeros((n_states, n_actions), dtype=int)
        self.alpha = alpha
        self.gamma = gamma

    def act(self, state):
        """Greedy action, the first of equally good ones."""
        # TODO
        return int(np.argmin(self.q[state]))

    def update(self, state, action, reward, next_state, done):
        """One step of Q-learning. Returns the temporal-difference error."""
        # TODO: target (no bootstrapping from a terminal state)
        target = reward
        if not done:
            target += self.gamma * np.max(self.q[next_state])
        # TODO: error and update
        td = target - self.q[state, action]
        self.q[state, action] += self.alpha * td
        self.visits[state, action] += 1
        return td

    def replay(self, transitions, epochs=1):
        """Learn from the transitions several times; returns the mean absolute error per epoch."""
        history = []
        for _ in range(epochs):
            # TODO
            errors = [abs(self.update(*tr)) for tr in transitions]
            history.append(sum(errors) / len(errors))
        return history

    def values(self):
        # TODO: value of each state under the greedy policy
        return self.q.max(axis=1)


def test_agent():
    transitions = [
        (0, 1, 0.5, 1, False),
        (1, 0, -1.0, 0, False),
        (1, 1, 0.0, 2, False),
        (2, 1, 2.0, 3, True),
        (0, 0, -0.5, 0, False),
        (0, 1, 0.3, 2, False),
    ]
    agent = QAgent(4, 2, alpha=0.4, gamma=0.8)
    td = agent.update(2, 1, 1.0, 3, True)
    print("first error", td)
    history = agent.replay(transitions, epochs=3)
    print("history", history)
    print(agent.q)
    print(agent.values())
    print([agent.act(s) for s in range(4)])


if __name__ == "__main__":
    test_agent()
