def newton(f, df, x0, tol=1e-10):
    x = x0
    n = 0
    while n < 60:
        s = df(x)
        if s == 0:
            raise ZeroDivisionError("flat")
        x_new = x - f(x) / s
        n += 1
        if abs(x_new - x) < tol:
            return x_new, n
        x = x_new
    raise RuntimeError("did not converge")


def square_root(a):
    f = lambda x: x ** 2 - a
    df = lambda x: x
    return newton(f, df, a + 1)[0]
