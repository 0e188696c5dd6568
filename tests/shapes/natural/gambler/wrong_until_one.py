import numpy as np


def play(money, goal, p, rng):
    """Bet 1 until nothing or the goal is reached. The money at the end, and the number of bets."""
    bets = 0
    # TODO: bet until it is over
    while 1 < money < goal:
        if rng.random() < p:
            money += 1
        else:
            money -= 1
        bets += 1
    return money, bets


def simulate(money, goal, p, games, seed):
    """Share of games won, mean number of bets, and its standard error."""
    rng = np.random.default_rng(seed)
    wins = 0
    lengths = []
    # TODO: play all games, count wins and bets
    for _ in range(games):
        end, bets = play(money, goal, p, rng)
        if end >= goal:
            wins += 1
        lengths.append(bets)
    # TODO
    share = wins / games
    mean = np.mean(lengths)
    error = np.std(lengths, ddof=1) / np.sqrt(games)
    return share, mean, error


# Example
share, mean, error = simulate(3, 6, 0.48, 40, 7)
print(f"won {share:.3f}, {mean:.2f} +- {error:.2f} bets")
