def trapezoid(f, a, b):
    return (f(a) + f(b)) * (b - a) * 0.5

def adaptive(f, a, b, tol, depth=0):
    c = a + (b - a) / 2
    coarse = trapezoid(f, a, b)
    fine = trapezoid(f, a, c) + trapezoid(f, c, b)
    error = fine - coarse
    if depth < 20 and abs(error) >= tol:
        l = adaptive(f, a, c, tol / 2, depth + 1)
        r = adaptive(f, c, b, tol / 2, depth + 1)
        return l[0] + r[0], l[1] + r[1]
    return fine - error / 3, 2

def arc_length(f, a, b, n):
    h = (b - a) / n
    points = [(a + i * h, f(a + i * h)) for i in range(n + 1)]
    total = 0
    for (x0, y0), (x1, y1) in zip(points, points[1:]):
        total += ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    return total
