import numpy as np

def play(money, goal, p, rng):
    history = [money]
    while history[-1] > 0 and history[-1] < goal:
        history.append(history[-1] + (1 if rng.random() < p else -1))
    return history[-1], len(history) - 1

def simulate(money, goal, p, games, seed):
    rng = np.random.default_rng(seed)
    ends = np.zeros(games)
    bets = np.zeros(games)
    for g in range(games):
        ends[g], bets[g] = play(money, goal, p, rng)
    share = np.mean(ends == goal)
    return share, bets.mean(), bets.std() / games ** 0.5
