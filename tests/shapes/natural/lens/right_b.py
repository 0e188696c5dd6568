f1 = 12.0
f2 = -20.0
d = 7.5
s_obj = 30.0
h_obj = 2.4
power = (f1 + f2 - d) / (f1 * f2) * 100
s = s_obj
mag = 1
for f, gap in [(f1, d), (f2, 0)]:
    b = f * s / (s - f)
    mag *= -b / s
    s = gap - b
h_img = mag * h_obj
