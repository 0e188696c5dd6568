import numpy as np

def play(money, goal, p, rng):
    count = 0
    while True:
        if money <= 0 or money >= goal:
            break
        count = count + 1
        if rng.random() < p:
            money = money + 1
        else:
            money = money - 1
    return money, count

def simulate(money, goal, p, games, seed):
    rng = np.random.default_rng(seed)
    won = 0
    s = 0
    s2 = 0
    for g in range(games):
        m, n = play(money, goal, p, rng)
        s += n
        s2 += n ** 2
        if m > 0:
            won += 1
    mean = s / games
    var = (s2 - games * mean ** 2) / (games - 1)
    return won / games, mean, np.sqrt(var / games)
