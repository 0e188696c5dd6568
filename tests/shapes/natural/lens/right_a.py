import numpy as np
f1, f2, d = 12.0, -20.0, 7.5
s_obj = 30.0
h_obj = 2.4
def image(f, s):
    return 1 / (1 / f - 1 / s)
b1 = image(f1, s_obj)
b2 = image(f2, d - b1)
m1 = -b1 / s_obj
m2 = -b2 / (d - b1)
h_img = h_obj * m1 * m2
D1, D2 = 100 / f1, 100 / f2
power = D1 + D2 - (d / 100) * D1 * D2
print(h_img, power)
