def describe(values):
    total = 0
    for v in values:
        total += v
    m = total / len(values)
    ss = 0
    for v in values:
        ss = ss + (v - m) * (v - m)
    s = sorted(values)
    k = len(s)
    med = s[k // 2]
    return [m, ss / (k - 1), med]


def t_statistic(a, b):
    da = describe(a)
    db = describe(b)
    return (da[0] - db[0]) / pow(da[1] / len(a) + db[1] / len(b), 0.5)


def verdict(t, limit=2.0):
    words = {True: "significant", False: "not significant"}
    return words[abs(t) > limit]
