import numpy as np
values = [14.5, 17.0, 21.5, 23.0, 19.5, 22.5, 24.0, 25.5, 18.0, 16.5]
width = 3
limit = 20.0
v = np.array(values)
total = v.sum()
mean = v.mean()
change = np.abs(np.diff(v)).sum()
warm = np.flatnonzero(v > limit)
streak = max(map(len, "".join("x" if t > limit else " " for t in v).split(" ")))
averages = np.convolve(v, np.ones(width) / width, mode="valid")
