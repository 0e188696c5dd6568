import math
g = 9.81
k = 0.05
dt = 0.1
steps = 20

def f(y):
    x, h, vx, vy = y
    v = math.hypot(vx, vy)
    return [vx, vy, -k*v*vx, -g - k*v*vy]

def add(y, s, d):
    return [a + s*b for a, b in zip(y, d)]

y = [0.0, 1.0, 8.0, 6.0]
path = [y]
top = y[1]
for n in range(steps):
    a = f(y)
    b = f(add(y, dt/2, a))
    c = f(add(y, dt/2, b))
    d = f(add(y, dt, c))
    y = [y[i] + dt/6*(a[i] + 2*b[i] + c[i] + d[i]) for i in range(4)]
    path.append(y)
    if y[1] > top:
        top = y[1]
speed = math.sqrt(y[2]*y[2] + y[3]*y[3])
print(top, speed)
