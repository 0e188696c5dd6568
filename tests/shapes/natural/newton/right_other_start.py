from math import inf

MAX_ITER = 60

def newton(f, df, x0, tol=1e-10):
    current, delta, count = x0, inf, 0
    while abs(delta) >= tol:
        if count == MAX_ITER:
            raise RuntimeError
        g = df(current)
        if g == 0:
            raise ZeroDivisionError
        delta = f(current) / g
        current -= delta
        count += 1
    return current, count

def square_root(a):
    return newton(lambda t: t * t - a, lambda t: t + t, max(a, 1.0))[0]

print(square_root(2.0))
