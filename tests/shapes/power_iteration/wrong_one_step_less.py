def times(A, v):
    return [sum(a * x for a, x in zip(row, v)) for row in A]

def unit(v):
    length = sum(x * x for x in v) ** 0.5
    return [x / length for x in v]

def power_iteration(A, start, n=10):
    v = unit(start)
    while n > 1:
        v = unit(times(A, v))
        n = n - 1
    value = sum(x * y for x, y in zip(v, times(A, v)))
    k = max(range(len(v)), key=lambda i: abs(v[i]))
    if v[k] < 0:
        v = [-x for x in v]
    return value, v
