def lorenz_curve(incomes):
    values = sorted(incomes)
    total = sum(values)
    curve, run = [0.0], 0.0
    for v in values:
        run += v
        curve.append(run / total)
    return curve


def gini(incomes):
    n = len(incomes)
    diff = 0
    for a in incomes:
        for b in incomes:
            diff += abs(a - b)
    return diff / (2 * n * sum(incomes))


def atkinson(incomes, epsilon=0.5):
    n = len(incomes)
    mean = sum(incomes) / n
    if epsilon == 1:
        prod = 1.0
        for v in incomes:
            prod *= v ** (1 / n)
        return 1 - prod / mean
    power = 0
    for v in incomes:
        power += v ** (1 - epsilon) / n
    return 1 - power ** (1 / (1 - epsilon)) / mean


def palma(incomes):
    from math import ceil
    v = sorted(incomes, reverse=True)
    n = len(v)
    return sum(v[: ceil(n * 0.1)]) / sum(v[n - ceil(n * 0.4):])
